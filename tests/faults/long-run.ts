/** How much a fault is tried: little in `npm test`, much in `npm run faults`. */

/** Whether this is `npm run faults`. */
export const isLongRun = process.env['FAULTS'] === 'long';

/** `short` in `npm test`, `long` in `npm run faults`. */
export const inLongRun = <T>(long: T, short: T): T => (isLongRun ? long : short);
