/**
 * Texts of 50 KB that would make a regular expression take for ever if it could: for every part of it that repeats, what leads
 * there, that part over and over, and an end that does not fit. Made from the expression itself, so that a new one is attacked too.
 */
import { RegExpParser, type AST } from '@eslint-community/regexpp';

export const attackLength = 50_000;

/** A few of the texts that a part of an expression takes, shortest first. */
function samples(node: AST.Element | AST.Alternative | AST.CharacterClassElement, groups: Groups): readonly string[] {
  switch (node.type) {
    case 'Alternative':
      return joined(node.elements, groups);
    case 'Group':
    case 'CapturingGroup':
      return some(node.alternatives.flatMap((alternative) => samples(alternative, groups)));
    case 'Quantifier': {
      const times = Math.max(node.min, node.max === 0 ? 0 : 1);
      return some(samples(node.element, groups).map((text) => text.repeat(Math.min(times, 100))));
    }
    case 'Character':
      return [String.fromCodePoint(node.value)];
    case 'CharacterSet':
      return ofSet(node);
    case 'CharacterClass':
      return node.negate
        ? outside(node)
        : some(node.elements.flatMap((each) => samples(each as AST.CharacterClassElement, groups)));
    case 'CharacterClassRange':
      return [String.fromCodePoint(node.min.value)];
    case 'Backreference':
      return node.resolved instanceof Array
        ? ['']
        : groups.has(node.resolved)
          ? ['']
          : samples(node.resolved, new Set([...groups, node.resolved]));
    default:
      return [''];
  }
}

type Groups = ReadonlySet<AST.CapturingGroup>;
const noGroups: Groups = new Set();
const some = (texts: readonly string[]): readonly string[] => [...new Set(texts)].slice(0, 6);

/** Texts of a sequence: each part by its first, but one part by its others in turn. */
function joined(elements: readonly AST.Element[], groups: Groups): readonly string[] {
  const parts = elements.map((element) => samples(element, groups));
  const first = parts.map(([text = '']) => text);
  const varied = parts.flatMap((texts, at) => texts.slice(1).map((text) => first.with(at, text).join('')));
  return some([first.join(''), ...varied]);
}

function ofSet(node: AST.CharacterSet): readonly string[] {
  if (node.kind === 'digit') return node.negate ? ['a'] : ['0', '7'];
  if (node.kind === 'space') return node.negate ? ['a'] : [' ', '\t', '\n', '\u00a0'];
  if (node.kind === 'word') return node.negate ? ['!'] : ['a', '0', '_'];
  return ['a', '0', ' ', '\u00e9'];
}

const candidates = [...'a0 Z_-"\'.,:;<>@/()=!\t\n\r\0', '\u00e9', '\u2028', '\ud83d\ude00'];
const outside = (node: AST.CharacterClass): readonly string[] => {
  const takes = new RegExp(node.raw, node.raw.includes('\\p') || node.raw.includes('\\u{') ? 'u' : '');
  return some(candidates.filter((text) => takes.test(text)));
};

/** What comes before a node, at its shortest. */
function before(node: AST.Node): string {
  const { parent } = node;
  if (parent === null) return '';
  if (parent.type !== 'Alternative') return before(parent);
  const at = parent.elements.indexOf(node as AST.Element);
  return before(parent) + (joined(parent.elements.slice(0, at), noGroups)[0] ?? '');
}

const quantifiersOf = (pattern: AST.Pattern): readonly AST.Quantifier[] => {
  const found: AST.Quantifier[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    if (node.type === 'Quantifier') found.push(node as AST.Quantifier);
    for (const [key, child] of Object.entries(node)) {
      if (key === 'parent' || key === 'resolved' || key === 'references') continue;
      for (const each of Array.isArray(child) ? child : [child]) visit(each);
    }
  };
  visit(pattern);
  return found;
};

export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

const parsed = ({ source, flags }: Pattern): AST.Pattern =>
  new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });

const filled = (start: string, pump: string, end: string): string =>
  start + pump.repeat(Math.max(1, Math.floor((attackLength - start.length - end.length) / pump.length))) + end;

/** The texts that attack an expression. */
export function attackTexts(of: Pattern): readonly string[] {
  const quantifiers = quantifiersOf(parsed(of)).filter(({ max }) => max > 1);
  const aimed = quantifiers.flatMap((node) => {
    const start = before(node);
    const pumps = samples(node.element, noGroups).filter((pump) => pump !== '');
    const all = pumps.length > 1 ? [...pumps, pumps.join('')] : pumps;
    return all.flatMap((pump) =>
      ['\0', '!', '\n', 'a', ''].flatMap((end) => [filled(start, pump, end), filled('', start + pump, end)]),
    );
  });
  const plain = candidates.map((pump) => filled('', pump, '\0'));
  return [...new Set([...aimed, ...plain])];
}

/** Whether something that repeats without end lies within something that repeats without end. */
export const repeatsRepeats = (of: Pattern): boolean =>
  quantifiersOf(parsed(of)).some((node) => {
    if (node.max !== Infinity) return false;
    for (let up = node.parent as AST.Node | null; up !== null; up = up.parent) {
      if (up.type === 'Quantifier' && up.max === Infinity) return true;
    }
    return false;
  });
