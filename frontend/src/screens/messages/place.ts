export interface Coordinates {
  latitude: number;
  longitude: number;
}

const NUMBER = '(-?\\d{1,3}(?:\\.\\d+)?)';
/** Where links of Google Maps, Apple Maps and OpenStreetMap say the place; a pin comes before what the map happened to show. */
const ways = [
  new RegExp(`!3d${NUMBER}!4d${NUMBER}`),
  new RegExp(`[?&](?:q|query|ll|destination|daddr)=(?:loc:)?${NUMBER}(?:,|%2C)\\s*${NUMBER}`, 'i'),
  new RegExp(`[?&]mlat=${NUMBER}&mlon=${NUMBER}`),
  new RegExp(`@${NUMBER},${NUMBER}`),
  new RegExp(`^geo:${NUMBER},${NUMBER}`),
  new RegExp(`^${NUMBER}\\s*[,; ]\\s*${NUMBER}$`),
];

/** A place out of what a person pasted: coordinates, or a link that has them in it. Null when it says none. */
export function readPlace(pasted: string): Coordinates | null {
  const text = pasted.trim();
  for (const way of ways) {
    const found = way.exec(text);
    if (!found) continue;
    const latitude = Number(found[1]);
    const longitude = Number(found[2]);
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  }
  return null;
}

/** A shortened link says nothing of the place; only whoever opens it learns where it leads. */
export const isShortLink = (pasted: string): boolean => /^https?:\/\/(maps\.app\.goo\.gl|goo\.gl)\//i.test(pasted.trim());
