import type { Conversation } from '../src/api/conversations.ts';
import type { Ticket, TicketCategory, TicketSettings } from '../src/api/tickets.ts';
import { type Area, fold, found, ok, once, page, Refusal, seen } from './call.ts';
import { newId } from './made.ts';
import { NOW } from './names.ts';
import type { World } from './world.ts';

export interface Tickets {
  all: Ticket[];
  settings: TicketSettings;
}

export const noTickets = (): Tickets => ({ all: [], settings: { openedFor: [], rules: [], version: 0 } });

function opened(world: World, conversation: Conversation, category: TicketCategory | null): Ticket {
  const conversationId = conversation.id;
  if (world.tickets.all.some((one) => one.conversationId === conversationId && one.state !== 'closed')) {
    throw new Refusal(409, 'ticket-open');
  }
  const made: Ticket = {
    id: newId(),
    number: world.tickets.all.length + 1,
    conversationId,
    contact: conversation.contact,
    patients: conversation.patients,
    category,
    categoryBy: category ? 'staff' : null,
    state: 'open',
    assignee: conversation.assignee?.name ?? null,
    openedAt: NOW,
    openedBy: 'Andrea Molina',
    firstAnsweredAt: null,
    acknowledgedAt: null,
    closedAt: null,
    pictures: world.inbound
      .filter((one) => one.contactId === conversation.contact.id && one.attachment?.kind === 'image' && one.attachment.state === 'stored')
      .map((one) => one.id),
    version: 0,
  };
  world.tickets.all.unshift(made);
  world.hint('ticket', made.id);
  return made;
}

export const tickets: Area = (call, world, [id, action]) => {
  if (id === 'search') {
    const text = fold(String(call.body.text)).replace('#', '');
    const said = (one: Ticket) =>
      world.inbound.some((each) => each.contactId === one.contact.id && each.text !== null && fold(each.text).includes(text));
    return ok({ items: world.tickets.all.filter((one) => String(one.number) === text || said(one)) });
  }
  if (id === 'export') return ok('Número,Abierto\n');
  if (!id) {
    const fits = (name: 'state' | 'category' | 'conversationId', one: Ticket) =>
      !call.query.get(name) || one[name] === call.query.get(name);
    return page(world.tickets.all.filter((one) => fits('state', one) && fits('category', one) && fits('conversationId', one)));
  }
  const one = found(world.tickets.all.find((each) => each.id === id));
  if (call.method === 'GET') return ok(one);
  seen(call, one, world);
  if (action === 'acknowledge') {
    if (world.scenario === 'line-down') throw new Refusal(503, 'line-down');
    one.acknowledgedAt = NOW;
    if (world.scenario === 'slow-line') throw new Refusal(504, 'not-sent-in-time');
  } else {
    const category = (call.body.category ?? null) as TicketCategory | null;
    const state = call.body.state as Ticket['state'];
    Object.assign(one, { state, category, categoryBy: category ? 'staff' : null, closedAt: state === 'closed' ? NOW : null });
  }
  one.version += 1;
  world.hint('ticket', one.id);
  return ok(one);
};

export const openTicket = (call: Parameters<Area>[0], world: World, conversation: Conversation) =>
  once(call, world, () => ({ status: 201, body: opened(world, conversation, (call.body.category ?? null) as TicketCategory | null) }));

export const ticketSettings: Area = (call, world) => {
  if (call.method === 'PUT') {
    seen(call, world.tickets.settings, world);
    Object.assign(world.tickets.settings, call.body, { version: world.tickets.settings.version + 1 });
  }
  return ok(world.tickets.settings);
};

export const ticketStatistics: Area = (_, world) => {
  const all = world.tickets.all;
  const counted = <K extends 'category' | 'state'>(key: K) =>
    [...new Set(all.map((one) => one[key]))].map((value) => ({ [key]: value, count: all.filter((one) => one[key] === value).length }));
  return ok({
    count: all.length,
    medianMinutes: all.length > 0 ? 6 : null,
    byCategory: counted('category'),
    byState: counted('state'),
    byPerson: all.length > 0 ? [{ name: 'Marcela Paz', count: all.length, medianMinutes: 6 }] : [],
    byHour: all.length > 0 ? [{ day: 2, hour: 9, count: all.length }] : [],
  });
};
