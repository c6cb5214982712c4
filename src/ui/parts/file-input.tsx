/** A file the person chooses. It is read here and goes nowhere. */
import { FieldShell, describedBy, type FieldProps } from './field.tsx';

interface FileInputProps extends FieldProps {
  /** Endings of names, e.g. `.csv`, separated by commas: what the browser offers first. */
  readonly accept: string;
  readonly onChange: (file: File | null) => void;
}

export function FileInput(props: FileInputProps) {
  const { id, error } = props;
  return (
    <FieldShell {...props}>
      <input
        id={id}
        class={`govuk-file-upload ${error ? 'govuk-file-upload--error' : ''}`}
        type="file"
        accept={props.accept}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(props)}
        onChange={(event) => props.onChange(event.currentTarget.files?.[0] ?? null)}
      />
    </FieldShell>
  );
}
