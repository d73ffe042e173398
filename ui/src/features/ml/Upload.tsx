/** A file by drop or button, with its real progress. */
import { Button, FileButton, Progress, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { uploadFile, type Dataset } from '../../api/ml';
import { Failure } from '../../components/Feedback';
import { formatShare } from '../../lib/sizes';
import { ml as texts } from '../../lib/texts/ml';

interface UploadProps {
  /** The dataset to fill: made when a file is there. */
  target: (file: File) => Promise<string>;
  onDone: (dataset: Dataset) => void;
}

export function Upload({ target, onDone }: UploadProps) {
  const [isOver, setIsOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const control = useRef<AbortController | null>(null);
  useEffect(() => () => control.current?.abort(), []);
  const take = async (file: File | null | undefined) => {
    if (!file || sending) return;
    setError(null);
    setSending({ name: file.name, share: 0 });
    control.current = new AbortController();
    try {
      const id = await target(file);
      onDone(await uploadFile(id, file, (share) => setSending({ name: file.name, share }), control.current.signal));
    } catch (problem) {
      if (!control.current.signal.aborted) setError(problem instanceof Error ? problem : new Error(String(problem)));
    } finally {
      setSending(null);
    }
  };
  return (
    <Stack>
      <div
        className={isOver ? 'te-drop te-drop-over' : 'te-drop'}
        onDragOver={(event) => { event.preventDefault(); setIsOver(true); }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => { event.preventDefault(); setIsOver(false); void take(event.dataTransfer.files[0]); }}
      >
        {sending ? (
          <Stack gap="xs" w="100%" maw={420}>
            <Text ta="center" role="status" className="te-wrap">{sending.share < 1 ? texts.uploading(sending.name, formatShare(sending.share)) : texts.reading(sending.name)}</Text>
            <Progress value={sending.share * 100} animated={sending.share >= 1} aria-label={texts.progress} />
            <Button variant="subtle" onClick={() => control.current?.abort()}>{texts.cancel}</Button>
          </Stack>
        ) : (
          <>
            <Text fw={600} size="lg">{texts.drop}</Text>
            <Text size="sm" c="dimmed" ta="center">{texts.dropHint}</Text>
            <FileButton onChange={(file) => void take(file)} accept=".csv,.txt,.tsv,.parquet,.jsonl,.ndjson,.json">
              {(props) => <Button {...props} variant="default">{texts.choose}</Button>}
            </FileButton>
          </>
        )}
      </div>
      {error && <Failure error={error} />}
    </Stack>
  );
}
