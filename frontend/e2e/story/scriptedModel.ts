import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A language model's server that speaks OpenAI's wire format and does what a story wrote down for what the patient says. */

interface ChatMessage {
  role: string;
  content: string | null;
}
interface Asked {
  messages: ChatMessage[];
}
type Answer = { text: string } | { tool: string; with: Record<string, unknown> };
export interface Script {
  /** What the patient's words have to hold. */
  when: RegExp;
  /** For so long it thinks, in milliseconds. */
  thinks?: number;
  /** @param found what a tool answered in this turn; null before one was called
   *  @param data what Recado told about clinic, visits and facts */
  answers: (found: unknown, data: { now: string }) => Answer;
}

const bodyOf = async (request: IncomingMessage): Promise<Asked> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Asked;
};

const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));

export class ScriptedModel {
  /** Bodies of all that it was asked. */
  readonly asked: Asked[] = [];
  private readonly server: Server;

  constructor(scripts: Script[]) {
    this.server = createServer(async (request, response) => {
      const asked = await bodyOf(request);
      this.asked.push(asked);
      const last = asked.messages.at(-1);
      const words = asked.messages.findLast((one) => one.role === 'user')?.content ?? '';
      const script = scripts.find((one) => one.when.test(words));
      if (script?.thinks && last?.role === 'user') await pause(script.thinks);
      const told = asked.messages.find((one) => one.role === 'user')?.content ?? '';
      const data = JSON.parse(told.slice(told.indexOf('\n') + 1)) as { now: string };
      const found: unknown = last?.role === 'tool' && last.content ? JSON.parse(last.content) : null;
      const answer: Answer = script ? script.answers(found, data) : { tool: 'hand_over', with: { cause: 'not-known' } };
      const message =
        'text' in answer
          ? { role: 'assistant', content: answer.text }
          : {
              role: 'assistant',
              content: null,
              tool_calls: [{ id: 'call_1', type: 'function', function: { name: answer.tool, arguments: JSON.stringify(answer.with) } }],
            };
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          id: 'chatcmpl-1',
          object: 'chat.completion',
          created: 1_764_000_000,
          model: 'scripted',
          choices: [{ index: 0, message, finish_reason: 'text' in answer ? 'stop' : 'tool_calls' }],
          usage: { prompt_tokens: 1000, completion_tokens: 50, total_tokens: 1050 },
        }),
      );
    });
  }

  /** Where it is reached, as a clinic configures it. */
  async start(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
