/**
 * What follows the name of the program: settings by another name (`--port 3001` or `--port=3001` is PORT=3001) and the one
 * switch, `--example`. Anything else stops the start with a sentence.
 */
import { ConfigError, settingNames } from './config.ts';

export interface Arguments {
  /** Open the made-up example authority instead of the council's own data. */
  readonly example: boolean;
  /** By the name of the setting. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Reads the arguments. Throws a ConfigError. */
export function readArguments(args: readonly string[]): Arguments {
  const settings: Record<string, string> = {};
  let example = false;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--example') {
      example = true;
      continue;
    }
    const [flag = '', ...given] = arg.split('=');
    const name = /^--[a-z][a-z-]*$/.test(flag) ? flag.slice(2).toUpperCase().replaceAll('-', '_') : '';
    if (!settingNames.includes(name)) {
      throw new ConfigError(`Plumbline does not know ${flag}. server/config.ts lists what can be set.`);
    }
    const value = given.length > 0 ? given.join('=') : rest.shift();
    if (value === undefined) throw new ConfigError(`${flag} needs a value.`);
    settings[name] = value;
  }
  return { example, settings };
}
