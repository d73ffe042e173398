/** A name that may break after its underscores, and nowhere else if it can be helped. */
import { Fragment } from 'react';

export function Breakable({ name }: { name: string }) {
  return name.split(/(?<=_)/).map((part, i) => <Fragment key={i}>{i > 0 && <wbr />}{part}</Fragment>);
}
