/** Reads the imports of the project's own files, as text: good enough for our one style of import. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Import {
  readonly from: string;
  readonly line: number;
  /** A project path for a relative import, a package name otherwise. */
  readonly to: string;
  readonly inside: boolean;
  readonly typeOnly: boolean;
}

/** Every TypeScript file below `folders`. */
export function filesBelow(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file)),
  );
}

const statement = /^\s*(?:import|export)\b(\s+type\b)?(?:[\w\s{},*$]*?\bfrom)?\s*'([^']+)'/gm;
const dynamic = /\bimport\(\s*'([^']+)'/g;

/** Every import statement, re-export and dynamic import below `folders`. */
export function importsOf(folders: readonly string[]): Import[] {
  return filesBelow(folders).flatMap((from) => {
    const text = readFileSync(from, 'utf8');
    const found = [
      ...[...text.matchAll(statement)].map((match) => ({
        index: match.index,
        typeOnly: match[1] !== undefined,
        to: match[2] ?? '',
      })),
      ...[...text.matchAll(dynamic)].map((match) => ({ index: match.index, typeOnly: false, to: match[1] ?? '' })),
    ];
    return found.map(({ index, typeOnly, to }) => ({
      from,
      line: text.slice(0, index).split('\n').length,
      to: to.startsWith('.') ? join(dirname(from), to) : to,
      inside: to.startsWith('.'),
      typeOnly,
    }));
  });
}
