-- What the clients of bench/answers send: each request an answer of its own, in the name of the next of 64 people. The
-- file TELL names the consultation in its first line, then a token a line.
local lines = {}
for line in io.lines(os.getenv("TELL")) do lines[#lines + 1] = line end
local consultation = table.remove(lines, 1)
local run, sent = os.getenv("RUN"), 0

function request()
  sent = sent + 1
  local headers = {
    ["Authorization"] = "Bearer " .. lines[sent % #lines + 1],
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = run .. "-" .. sent,
  }
  return wrk.format("POST", "/api/v1/acts/consultations.respond", headers, '{"platform":"delta","fields":{"consultation":"' ..
    consultation .. '","visibility":"public-anonymous","answers":[{"question":"1","words":"Our wells fell dry in August and ' ..
    'the brook behind the school did too. Whoever pumps should say how much, every week, where all of us can read it. This ' ..
    'is what number ' .. sent .. ' thinks."}],"remarks":[]}}')
end
