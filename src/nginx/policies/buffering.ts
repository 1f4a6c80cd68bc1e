import { bareWord } from '../quote.ts';

import type { HttpRenderer, LocationRenderer } from '../parts.ts';
import type { Quoted } from '../quote.ts';
import type { View } from '../view.ts';
import type { Buffering } from '../../routing/policies/buffering.ts';

/** What nginx does without being told. */
const USUAL = { holdsRequests: true, fileSize: '1024m' } as const;

export const renderBufferingOfAll: HttpRenderer<'buffering'> = (asks, { text }) => {
  const { holdsRequests, fileSize, ...others } = asks;
  const differing = {
    ...(holdsRequests === USUAL.holdsRequests ? {} : { holdsRequests }),
    ...(fileSize === USUAL.fileSize ? {} : { fileSize }),
  };
  return { proxy: text('policies/buffering.http.conf', bufferingView({ ...others, ...differing })) };
};

export const renderBuffering: LocationRenderer<'buffering'> = (asks, { text }) => ({
  location: { content: text('policies/buffering.conf', bufferingView(asks)) },
});

function bufferingView({ readsAhead, holdsRequests, buffers, busySize, fileSize }: Partial<Buffering>): View {
  return {
    readsAhead: onOff(readsAhead),
    size: word(buffers?.size),
    count: word(buffers?.count.toString()),
    busySize: word(busySize),
    fileSize: word(fileSize),
    holdsRequests: onOff(holdsRequests),
  };
}

function onOff(value: boolean | undefined): Quoted | undefined {
  return value === undefined ? undefined : bareWord(value ? 'on' : 'off');
}

function word(text: string | undefined): Quoted | undefined {
  return text === undefined ? undefined : bareWord(text);
}
