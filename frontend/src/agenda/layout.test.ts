import { expect, test } from 'vitest';
import { collides, hourNeeded, hoursShown, layOut, minuteAt, roomBelow } from './layout';

const span = (id: string, start: string, end: string) => ({ id, start: minutes(start), end: minutes(end) });
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const lanes = (...spans: ReturnType<typeof span>[]) =>
  Object.fromEntries(layOut(spans).map((card) => [card.id, `${card.lane + 1}/${card.lanes}`]));

test('a visit alone takes the whole column', () => {
  expect(lanes(span('ana', '10:00', '10:30'))).toEqual({ ana: '1/1' });
});

test('visits back to back do not share the column', () => {
  expect(lanes(span('ana', '10:00', '10:30'), span('bruno', '10:30', '11:00'))).toEqual({ ana: '1/1', bruno: '1/1' });
});

test('two visits at once stand side by side', () => {
  expect(lanes(span('ana', '10:00', '10:30'), span('bruno', '10:15', '10:45'))).toEqual({ ana: '1/2', bruno: '2/2' });
});

test('three overlapping visits get three lanes, and a freed lane is used again', () => {
  expect(
    lanes(span('long', '10:00', '12:00'), span('a', '10:00', '10:30'), span('b', '10:15', '10:45'), span('late', '10:30', '11:00')),
  ).toEqual({ long: '1/3', a: '2/3', b: '3/3', late: '2/3' });
});

test('a chain of overlaps is one group, the next free visit is not part of it', () => {
  expect(lanes(span('a', '09:00', '10:00'), span('b', '09:30', '10:30'), span('c', '10:15', '11:00'), span('d', '11:00', '11:30'))).toEqual(
    {
      a: '1/2',
      b: '2/2',
      c: '1/2',
      d: '1/1',
    },
  );
});

test('short visits back to back get the height their cards need, and no lanes', () => {
  const morning = [span('a', '09:00', '09:15'), span('b', '09:15', '09:30'), span('c', '09:30', '10:00'), span('d', '11:00', '11:05')];
  expect(lanes(...morning)).toEqual({ a: '1/1', b: '1/1', c: '1/1', d: '1/1' });
  expect(morning.map((one) => roomBelow(morning, one))).toEqual([15, 15, 90, null]);
  expect(hourNeeded([morning], 26)).toBe(104);
  expect(hourNeeded([[span('alone', '09:00', '09:05')]], 26)).toBe(0);
});

test('the grid shows the working day, and stretches for a visit outside it', () => {
  expect(hoursShown([])).toEqual({ from: 8, to: 18 });
  expect(hoursShown([span('early', '06:45', '07:15'), span('late', '18:30', '19:10')])).toEqual({ from: 6, to: 20 });
});

test('a drop lands on the nearest five minutes and never outside the day', () => {
  expect(minuteAt(60, 60, 8)).toBe(minutes('09:00'));
  expect(minuteAt(63, 60, 8)).toBe(minutes('09:05'));
  expect(minuteAt(-900, 60, 8)).toBe(0);
  expect(minuteAt(9_999, 60, 8)).toBe(minutes('23:55'));
});

test('a visit never collides with itself, and touching is not colliding', () => {
  const day = [span('ana', '10:00', '10:30')];
  expect(collides(day, span('ana', '10:15', '10:45'))).toBe(false);
  expect(collides(day, span('bruno', '10:30', '11:00'))).toBe(false);
  expect(collides(day, span('bruno', '10:29', '10:59'))).toBe(true);
});
