// platforms.change-charter: the rules change only where everybody can see it.
#include "governance/acts/acts.h"
#include "governance/store.h"

namespace polder::governance {

struct ChangeCharter {
  static constexpr std::string_view name = "platforms.change-charter";
  fields::Text<most_bytes> charter;
};
BOOST_DESCRIBE_STRUCT(ChangeCharter, (), (charter))

namespace {

Result<record::Subject> find(ActMeans& means, storage::ReadTx&, Id platform, const ChangeCharter&) {
  const auto here = means.platforms.list()->by_id(platform);
  if (!here || platform == record::server_platform) return refuse(Why::not_found, {"governance.no-platform"});
  return record::Subject{"platforms/" + here->slug};
}

/// A host name leads to one platform, and the server's own to none: who took it would be taken for the server.
bool host_is_free(const ActMeans& means, Id platform, const std::string& host) {
  if (host.empty()) return true;
  const auto holder = means.platforms.list()->by_host(host);
  return host != means.host.substr(0, means.host.find(':')) && (!holder || holder->id == platform);
}

Result<record::Effect> apply(ActMeans& means, record::Doing& doing, const ChangeCharter& act) {
  const auto charter = parse(act.charter.value, means.platforms.words());
  if (!charter) {
    const Fault& fault = charter.error().front();
    return refuse_field("charter",
                        {"governance.charter-fault", {{"line", std::int64_t(fault.line)}, {"key", fault.key}}});
  }
  if (!host_is_free(means, doing.platform, charter->host))
    return refuse_field("charter", {"governance.host-taken", {{"host", charter->host}}});
  store::change_charter(doing.tx, doing.platform, act.charter.value);
  doing.renew("*");
  doing.afterwards([&means] { means.platforms.reload(); });
  return record::Effect{.location = "how-we-work"};
}

}  // namespace

void add_change_charter(record::Acts& acts, ActMeans& means) {
  acts.add(record::declare<ChangeCharter>(means, {}, find, apply));
}

}  // namespace polder::governance
