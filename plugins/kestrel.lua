-- The call records of the Kestrel telephone system (which nobody makes: it stands here to be copied). It writes one file a day:
-- a line that says what it is, the heads, then a row a call, parted by semicolons, with German dates and decimal commas.

local outcomes = {
  ["angenommen"] = "answered", ["verloren"] = "abandoned", ["nicht angenommen"] = "unanswered", ["weiter"] = "transferred",
}
local sides = { Kunde = "customer", Platz = "agent", Anlage = "system" }

-- "12:15,0 03:8,5": the telephone of desk 12 rang 15 seconds in vain, that of desk 03 after it 8.5. Kept under the name, and in
-- the shape, in which every other system's are kept (earshot help records).
local function rang(text)
  local all = {}
  for desk, seconds in text:gmatch("(%w+):([%d,]+)") do
    all[#all + 1] = string.format('{"agent":"%s","ms":%d}', desk, duration(seconds))
  end
  if #all > 0 then
    return "[" .. table.concat(all, ",") .. "]", #all
  end
end

-- "08>11": handed on to desk 08, then to 11.
local function handed_on(text)
  local n, last = 0, nil
  for desk in text:gmatch("%w+") do
    n, last = n + 1, desk
  end
  if n > 0 then
    return n, last
  end
end

return plugin {
  id = "kestrel", version = "1.0", title = "Kestrel call records",
  about = "An example to copy: the semicolon tables of a telephone system that does not exist.",

  reader = function(file)
    if not file.starts "#KESTREL-CDR;2;" then
      return false
    end
    local site, zone = file.lines()():match("^#KESTREL%-CDR;2;([^;]*);([^;]*)$")
    for row in file.rows { separator = ";", skip = 1 } do
      local ring_no_answer, attempts = rang(row["Klingelt"])
      local transfers, transferred_to = handed_on(row["Weiter"])
      call {
        source = "kestrel-" .. site:lower(), key = row["Ruf-Nr"],
        direction = row["Leitung"] == "aus" and "outbound" or "inbound",
        queue = row["Gruppe"],
        agent = { id = row["Platz"], name = row["Name"] },
        customer = row["Gegenstelle"],
        offered = time(row["Beginn"], "D.M.Y h:m:s", zone),
        answered = time(row["Angenommen"], "D.M.Y h:m:s", zone),
        ended = time(row["Ende"], "D.M.Y h:m:s", zone),
        wait_ms = duration(row["Wartezeit"]),
        talk_ms = duration(row["Gespräch"]),
        hold_ms = duration(row["Haltezeit"]),
        wrap_ms = duration(row["Nachbearb."]),
        outcome = outcomes[row["Ergebnis"]] or row["Ergebnis"], -- a word that we do not know is refused by name
        hung_up = sides[row["Ende durch"]] or row["Ende durch"],
        meta = {
          site = site, ring_no_answer = ring_no_answer, attempts = attempts,
          transfers = transfers, transferred_to = transferred_to, recording_location = row["Aufnahme"],
        },
      }
    end
  end,

  tests = {
    test "a call with a hold, and one that was lost" {
      file = [[
#KESTREL-CDR;2;Piraeus;+02:00
Ruf-Nr;Beginn;Angenommen;Ende;Leitung;Gruppe;Platz;Name;Gegenstelle;Wartezeit;Gespräch;Haltezeit;Nachbearb.;Weiter;Klingelt;Ende durch;Ergebnis;Aufnahme
K-217;17.10.2026 09:14:02,25;17.10.2026 09:14:20,5;17.10.2026 09:19:32;ein;Rechnung;07;"Petrou; Eleni";+302101234567;18,25;5:11,5;0:11;0:40;;12:15,0 03:8,5;Kunde;angenommen;d:\rec\217.wav
K-218;17.10.2026 09:15:00;;17.10.2026 09:16:02;ein;Rechnung;;;;1:02;;;;;;Kunde;verloren;
]],
      expect = {
        { source = "kestrel-piraeus", key = "K-217", channel = "voice", direction = "inbound", queue = "Rechnung",
          agent = { id = "07", name = "Petrou; Eleni" }, offered = "2026-10-17T07:14:02.25Z", ended = "2026-10-17T07:19:32Z",
          wait_ms = 18250, talk_ms = 311500, hold_ms = 11000, wrap_ms = 40000, outcome = "answered", hung_up = "customer",
          meta = { site = "Piraeus", attempts = "2", ring_no_answer = '[{"agent":"12","ms":15000},{"agent":"03","ms":8500}]' } },
        { key = "K-218", wait_ms = 62000, outcome = "abandoned" },
      },
    },
    test "handed on twice" {
      file = [[
#KESTREL-CDR;2;Piraeus;+02:00
Ruf-Nr;Beginn;Angenommen;Ende;Leitung;Gruppe;Platz;Name;Gegenstelle;Wartezeit;Gespräch;Haltezeit;Nachbearb.;Weiter;Klingelt;Ende durch;Ergebnis;Aufnahme
K-219;17.10.2026 09:20:00;17.10.2026 09:20:05;17.10.2026 09:30:00;ein;Störung;07;Petrou;;5;9:55;;;08>11;;Anlage;weiter;
]],
      expect = { { queue = "Störung", outcome = "transferred", hung_up = "system", meta = { transfers = "2", transferred_to = "11" } } },
    },
    test "a row that cannot be read is left out, the others are taken" {
      file = [[
#KESTREL-CDR;2;Piraeus;+02:00
Ruf-Nr;Beginn;Angenommen;Ende;Leitung;Gruppe;Platz;Name;Gegenstelle;Wartezeit;Gespräch;Haltezeit;Nachbearb.;Weiter;Klingelt;Ende durch;Ergebnis;Aufnahme
K-220;31.2.2026 09:20:00;;;ein;;07;;;;;;;;;Platz;angenommen;
K-221;17.10.2026 09:20:00;;;ein;;07;;;;;;;;;Platz;angenommen;
K-222;17.10.2026 09:20:00;;;ein;;07;;;;;;;;;Platz;gestört;
]],
      expect = { { key = "K-221", hung_up = "agent" } },
      left_out = 2,
    },
    test "a table of another system is not ours" {
      file = "Ruf-Nr;Beginn;Ende\nK-1;17.10.2026 09:14:02;17.10.2026 09:19:32\n",
      expect = false,
    },
  },
}
