-- Decides, within HAProxy, which of the calls to AWS's stand-ins go wrong and how, and writes every call down.
-- SPOIL_LOG: the file. SPOIL_ONLY: which calls have numbers: "all", "changes" (what changes something) or an operation.
-- SPOIL_FATE: throttled, failed, told-503, lost, broken-off, denied, or "any": one of the first five by chance.
-- SPOIL_FROM, SPOIL_APART: spoils the call of that number, and every so many after it (0: only that one).
-- SPOIL_PERCENT: instead, spoils each call with that likelihood. SPOIL_SEED: of chance.
local function env(name, other)
  local value = os.getenv(name)
  return (value and value ~= "") and value or other
end

local fates = { "throttled", "failed", "told-503", "lost", "broken-off" }
local fate = env("SPOIL_FATE", "none")
local only = env("SPOIL_ONLY", "all")
local from = tonumber(env("SPOIL_FROM", "0"))
local apart = tonumber(env("SPOIL_APART", "0"))
local percent = tonumber(env("SPOIL_PERCENT", "0"))
local file = io.open(env("SPOIL_LOG", "/dev/null"), "a")
local all, numbered = 0, 0
math.randomseed(tonumber(env("SPOIL_SEED", "1")))

local changing = {
  ModifyRule = true, ModifyListener = true, AddTags = true, RemoveTags = true, PutParameter = true,
  UpdateSecretVersionStage = true, ChangeResourceRecordSets = true, Publish = true, SendEmail = true,
}

local function operation(txn, body)
  local target = txn.sf:req_hdr("x-amz-target")
  if target and target ~= "" then
    return target:match("([%w]+)$")
  end
  local path, method = txn.sf:path(), txn.sf:method()
  return body:match("^Action=(%w+)") or body:match("&Action=(%w+)")
    or (method == "POST" and path:match("/rrset/?$") and "ChangeResourceRecordSets")
    or (path:match("outbound%-emails$") and "SendEmail")
    or path:match("/operation/(%w+)$")
    or (path:match("/rrset") and "ListResourceRecordSets")
    or (path:match("/change/") and "GetChange")
    or method .. path:gsub("[%w%-]*%d[%w%-]*", "*")
end

local function whether()
  if fate == "none" then
    return "none"
  end
  local hit
  if percent > 0 then
    hit = math.random() * 100 < percent
  else
    hit = numbered == from or (apart > 0 and numbered > from and (numbered - from) % apart == 0)
  end
  if not hit then
    return "none"
  end
  return fate == "any" and fates[math.random(#fates)] or fate
end

-- one line a thing: seconds, number, word, rest
local function note(number, word, rest)
  file:write(string.format("%.3f\t%d\t%s\t%s\n", core.now().sec + core.now().usec / 1e6, number, word, rest))
  file:flush()
end

core.register_action("spoil", { "http-req" }, function(txn)
  local body = txn.sf:req_body() or ""
  local what = operation(txn, body)
  local becomes = "none"
  all = all + 1
  if only == "all" or only == what or (only == "changes" and changing[what]) then
    numbered = numbered + 1
    becomes = whether()
  end
  txn:set_var("txn.number", all)
  txn:set_var("txn.becomes", becomes)
  -- the dialect in which the service tells its errors
  txn:set_var("txn.json", (txn.sf:req_hdr("content-type") or ""):find("json") and "yes" or "no")
  local shown = changing[what] and body:gsub("[%s]+", " ") or ""
  note(all, "asked", what .. "\t" .. becomes .. "\t" .. shown)
end)

core.register_action("told", { "http-res" }, function(txn)
  note(txn:get_var("txn.number") or 0, "told", tostring(txn.sf:status()))
end)
