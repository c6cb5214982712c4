/** One file from this computer. What is in it goes to whoever asked, and nowhere else. */
import { describedBy, FieldShell, type FieldProps } from './field.tsx';

export interface FileInputProps extends FieldProps {
  /** Endings and types the browser offers first, e.g. `.csv,text/csv`. */
  readonly accept: string;
  readonly onFile: (file: File | null) => void;
}

export function FileInput(props: FileInputProps) {
  const { id, accept, error, onFile } = props;
  return (
    <FieldShell {...props}>
      <input
        id={id}
        class={`govuk-file-upload app-file ${error ? 'govuk-file-upload--error' : ''}`}
        type="file"
        accept={accept}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(props)}
        onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)}
      />
    </FieldShell>
  );
}
