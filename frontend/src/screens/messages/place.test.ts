import { expect, test } from 'vitest';
import { isShortLink, readPlace } from './place';

const cordoba = { latitude: -31.4201, longitude: -64.1888 };

test.each([
  '-31.4201, -64.1888',
  '-31.4201 -64.1888',
  'geo:-31.4201,-64.1888?z=17',
  'https://maps.google.com/?q=-31.4201,-64.1888',
  'https://www.google.com/maps/search/?api=1&query=-31.4201%2C-64.1888',
  'https://www.google.com/maps/@-31.4201,-64.1888,17z',
  'https://maps.apple.com/?ll=-31.4201,-64.1888&z=16',
  'https://www.openstreetmap.org/?mlat=-31.4201&mlon=-64.1888#map=17/-31.4/-64.1',
])('a place is read out of %s', (pasted) => {
  expect(readPlace(pasted)).toEqual(cordoba);
});

test('the pin counts, not what the map showed around it', () => {
  const link = 'https://www.google.com/maps/place/X/@-31.5,-64.5,12z/data=!3m1!4b1!4m6!3m5!8m2!3d-31.4201!4d-64.1888';
  expect(readPlace(link)).toEqual(cordoba);
});

test.each(['', 'Av. Colón 1234', '95.0, 10.0', '31,42; 64,18', 'https://maps.app.goo.gl/AbCdEf'])('%s says no place', (pasted) => {
  expect(readPlace(pasted)).toBeNull();
});

test('a shortened link is recognized, to say what to do with it', () => {
  expect(isShortLink('https://maps.app.goo.gl/AbCdEf')).toBe(true);
  expect(isShortLink('https://maps.google.com/?q=1,2')).toBe(false);
});
