// Pages with a recording or a transcript.
import { startClip } from './clip.js';
import { startPlayer } from './player.js';
import { startTranscript } from './transcript.js';

export const player = startPlayer();
startTranscript(player);
startClip(player);
