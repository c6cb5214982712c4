/** One thing a person can choose: in a select, among radios, among checkboxes. */
import type { ComponentChildren } from 'preact';

export interface Choice<T extends string = string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
  /** The heading it stands under (selects). */
  readonly group?: string;
  /** Shown beneath while the choice is taken (radios and checkboxes). */
  readonly reveal?: ComponentChildren;
  readonly disabled?: boolean;
}
