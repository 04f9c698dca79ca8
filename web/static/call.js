// Pages with a recording or a transcript.
import { $ } from './dom.js';
import { startPlayer } from './player.js';
import { startTranscript } from './transcript.js';

export const player = startPlayer();
startTranscript(player);
if ($('form[data-clip]')) import('./clip.js').then(({ startClip }) => startClip(player));
