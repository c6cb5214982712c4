/**
 * One person's computer: a Chromium with a profile on disk. It can be closed and opened again, and killed with SIGKILL
 * by the process id that Chromium writes into the profile's lock. `newContext()` would keep IndexedDB in memory.
 */
import { cpSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { systemChromium } from '../../run/chromium.ts';
import { watchRules, type RulesWatch } from './rules-watch.ts';

/**
 * What Playwright 1.65 switches off, since a list given here replaces its own, and the two pages of suggestions that Chromium
 * loads behind the address bar of each browser: they took a third of what its pages took of the processor.
 */
const switchedOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

export const chromiumFlags = [
  `--disable-features=${switchedOff.join(',')}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** No single press or reading may take longer: a missing control fails where it is missing. */
const actionLimitMs = 90_000;

export interface Computer {
  readonly profile: string;
  /** What its browser has said of broken rules, from the first page on. */
  readonly rules: RulesWatch;
  isOn(): boolean;
  page(): Page;
  /** A second tab. */
  tab(): Promise<Page>;
  context(): BrowserContext;
  open(): Promise<Page>;
  close(): Promise<void>;
  /** SIGKILL to the browser process. */
  kill(): Promise<void>;
  /** Closes it and removes the profile. */
  remove(): Promise<void>;
}

export interface ComputerOptions {
  readonly width?: number;
  readonly height?: number;
  /** A profile to begin with: a copy of it is used. */
  readonly copyOf?: string;
  /** What is done to the profile before its browser is opened. */
  readonly beforeOpen?: (profile: string) => void;
  /** `block`: as if the browser had none, so that a flow sees every request of the page itself. */
  readonly serviceWorkers?: 'allow' | 'block';
}

/** Locks of a browser that is closed, and leads to nothing. */
const isNoLock = (path: string): boolean => !/Singleton(Lock|Cookie|Socket)$/.test(path);

/** A computer with an empty profile, its browser open on a blank page. */
export async function newComputer(options: ComputerOptions = {}): Promise<Computer> {
  const profile = mkdtempSync(join(tmpdir(), 'plumbline-profile-'));
  if (options.copyOf !== undefined) cpSync(options.copyOf, profile, { recursive: true, filter: isNoLock });
  options.beforeOpen?.(profile);
  const viewport = { width: options.width ?? 1280, height: options.height ?? 900 };
  const rules = watchRules();
  let context: BrowserContext | null = null;

  const open = async (): Promise<Page> => {
    const executablePath = systemChromium();
    context = await chromium.launchPersistentContext(profile, {
      headless: true,
      viewport,
      args: chromiumFlags,
      locale: 'en-GB',
      timezoneId: 'Europe/London',
      serviceWorkers: options.serviceWorkers ?? 'allow',
      ...(executablePath === undefined ? {} : { executablePath }),
    });
    context.setDefaultTimeout(actionLimitMs);
    rules.on(context);
    return current().pages()[0] ?? (await current().newPage());
  };
  const current = (): BrowserContext => {
    if (context === null) throw new Error('This computer is off.');
    return context;
  };
  const page = (): Page => {
    const first = current().pages()[0];
    if (first === undefined) throw new Error('This computer has no page open.');
    return first;
  };
  const close = async (): Promise<void> => {
    await context?.close();
    context = null;
  };
  await open();
  return {
    profile,
    rules,
    isOn: () => context !== null,
    page,
    tab: () => current().newPage(),
    context: current,
    open,
    close,
    kill: async () => {
      const lock = readlinkSync(join(profile, 'SingletonLock'));
      const closed = new Promise((resolve) => current().once('close', resolve));
      process.kill(Number(lock.slice(lock.lastIndexOf('-') + 1)), 'SIGKILL');
      await closed;
      context = null;
      for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
        rmSync(join(profile, name), { force: true });
    },
    remove: async () => {
      await close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
