// Says a written call aloud: one espeak-ng voice a side, stereo mu-law WAV at 8 kHz (left agent, right customer).
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RATE = 8000;
const GAP_MS = [90, 250];
const PACE = 1.15;     // brisk, as the folder has to stay small
const OVERLAP_MS = 450;

function say(folder, text, [voice, pitch, speed]) {
    const raw = join(folder, "said.wav");
    const cut = join(folder, "cut.raw");
    execFileSync("espeak-ng", ["-v", voice, "-p", String(pitch), "-s", String(Math.round(speed * PACE)), "-w", raw, text]);
    const trim = ["silence", "1", "0.01", "0.5%"];
    const shorterPauses = ["silence", "-l", "1", "0.01", "0.5%", "-1", "0.12", "0.5%"];
    execFileSync("sox", ["-R", raw, "-r", String(RATE), "-e", "signed", "-b", "16", "-c", "1", "-t", "raw", cut,
        "gain", "-4", ...trim, "reverse", ...trim, "reverse", ...shorterPauses, "highpass", "220", "lowpass", "3500", "gain", "-n", "-7"]);
    const bytes = readFileSync(cut);
    return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
}

function muLaw(sample) {
    const sign = sample < 0 ? 0x80 : 0;
    const size = Math.min(Math.abs(sample), 32635) + 132;
    const exponent = Math.floor(Math.log2(size)) - 7;
    return ~(sign | (exponent << 4) | ((size >> (exponent + 3)) & 15)) & 0xff;
}

function wav(lanes) {
    const frames = lanes[0].length;
    const out = Buffer.alloc(58 + frames * 2);
    out.write("RIFF", 0); out.writeUInt32LE(50 + frames * 2, 4); out.write("WAVEfmt ", 8);
    out.writeUInt32LE(18, 16); out.writeUInt16LE(7, 20); out.writeUInt16LE(2, 22);
    out.writeUInt32LE(RATE, 24); out.writeUInt32LE(RATE * 2, 28); out.writeUInt16LE(2, 32); out.writeUInt16LE(8, 34);
    out.write("fact", 38); out.writeUInt32LE(4, 42); out.writeUInt32LE(frames, 46);
    out.write("data", 50); out.writeUInt32LE(frames * 2, 54);
    for (let i = 0; i < frames; i++)
        for (const lane of [0, 1]) out[58 + 2 * i + lane] = muLaw(lanes[lane][i]);
    return out;
}

// Words share the turn's time by their length, in bytes of UTF-8 from the start of the turn's text.
export function wordTimes(text, start, end) {
    const words = [...text.matchAll(/\S+/g)];
    const total = words.reduce((sum, w) => sum + w[0].length + 1, 0);
    let done = 0;
    return words.map((w) => {
        const from = Buffer.byteLength(text.slice(0, w.index));
        const at = start + Math.round((end - start) * done / total);
        done += w[0].length + 1;
        return [from, from + Buffer.byteLength(w[0]), at, start + Math.round((end - start) * done / total)];
    });
}

export function speak(rng, call) {
    const folder = mkdtempSync(join(tmpdir(), "demo-"));
    const turns = [];
    let at = 200, hold = 0, gap = 0;
    for (const line of call.text.trim().split("\n")) {
        const silence = line.match(/^~(hold )?(\d+)$/);
        if (silence) {
            gap += silence[2] * 1000;
            if (silence[1]) hold += silence[2] * 1000;
            continue;
        }
        const [, over, side, text] = line.match(/^(< )?([AC]) (.*)$/);
        const samples = say(folder, text, call.voices[side === "A" ? 0 : 1]);
        const start = over ? at - OVERLAP_MS : at + gap + (turns.length ? rng.int(...GAP_MS) : 0);
        const end = start + Math.round(samples.length * 1000 / RATE);
        turns.push({ who: side === "A" ? "agent" : "customer", start_ms: start, end_ms: end, text,
            words: wordTimes(text, start, end), samples });
        at = Math.max(at, end);
        gap = 0;
    }
    rmSync(folder, { recursive: true });
    const length = at + 150;
    const lanes = [0, 1].map(() => new Int16Array(length * RATE / 1000));
    for (const turn of turns) {
        lanes[turn.who === "agent" ? 0 : 1].set(turn.samples, turn.start_ms * RATE / 1000);
        delete turn.samples;
    }
    return { turns, length, hold, wav: wav(lanes) };
}
