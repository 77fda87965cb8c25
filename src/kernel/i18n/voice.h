// One reader's ear: the catalogues, a language and a clock together, so that a page says `t("consultations.closed")`.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kernel/i18n/format.h"
#include "kernel/i18n/i18n.h"

namespace polder::i18n {

class Voice {
 public:
  Voice(const Catalogues& catalogues, Language language, Zone zone)
      : catalogues_(&catalogues), language_(language), zone_(std::move(zone)) {}

  std::string operator()(std::string_view key, std::vector<std::pair<std::string, MessageArg>> args = {}) const {
    return catalogues_->say(language_, {std::string(key), std::move(args)}, zone_);
  }
  std::string operator()(const Message& message) const { return catalogues_->say(language_, message, zone_); }
  bool knows(std::string_view key) const { return catalogues_->has(key); }

  Language language() const { return language_; }
  const Zone& zone() const { return zone_; }

  std::string day(Time t) const { return date_long(language_, zone_, t); }
  std::string day(Date d) const { return date_long(language_, d); }
  std::string moment(Time t) const { return date_time(language_, zone_, t); }
  std::string number(std::int64_t n) const { return i18n::number(language_, n); }
  std::string percent(double fraction) const { return i18n::percent(language_, fraction); }
  std::string since(Time now, Time then) const { return relative(language_, now, then); }
  std::string all_of(std::span<const std::string> items) const { return list(language_, items); }

 private:
  const Catalogues* catalogues_;
  Language language_;
  Zone zone_;
};

}  // namespace polder::i18n
