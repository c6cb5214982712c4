/** What a browser calls itself, in the words a person would use: "Edge on Windows". Good for telling laptops apart, and for nothing else. */

/** The first that fits: each later one is named in the earlier ones' text too. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\bWindows NT\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bLinux\b/, 'Linux'],
];

/** A header longer than this says nothing that is looked for. */
const longest = 1_000;

/** Empty when it says nothing that is known. */
export function browserName(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, longest);
  const named = (list: typeof browsers): string | undefined => list.find(([pattern]) => pattern.test(text))?.[1];
  const [browser, system] = [named(browsers), named(systems)];
  return browser !== undefined && system !== undefined ? `${browser} on ${system}` : (browser ?? system ?? '');
}
