// Pages for visitors as finished bytes: rendered once, compressed once, kept with the subjects they show, dropped when
// an act touches one of these or after a minute (a page says how long ago and how long yet).
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/base/time.h"
#include "kernel/http/server.h"
#include "kernel/web/finish.h"

namespace polder::web {

class PageCache {
 public:
  explicit PageCache(const Clock& clock, std::size_t most_bytes = 48u << 20) : clock_(clock), most_bytes_(most_bytes) {}

  /// Take this before the page's data is read; `put` keeps no page that an act has overtaken since, nor one too large.
  std::uint64_t ticket() const;

  /// `variant` tells apart what one address shows differently: the language.
  void put(std::uint64_t ticket, const std::string& address, const std::string& variant,
           std::vector<std::string> subjects, std::string html);
  /// The finished page, compressed if the client takes it; a "304 Not Modified" if it has it already.
  std::shared_ptr<const http::Finished> find(std::string_view address, std::string_view variant, bool gzip,
                                             std::string_view if_none_match) const;
  void renew(const std::vector<std::string>& subjects);
  void clear();

  struct Figures {
    std::size_t pages = 0, bytes = 0;
  };
  Figures figures() const;

 private:
  struct Page {
    Forms forms;
    std::vector<std::string> subjects;
    Time until;
    std::size_t bytes = 0;
  };
  using Pages = std::unordered_map<std::string, Page>;
  void drop(Pages::iterator at);

  const Clock& clock_;
  const std::size_t most_bytes_;
  mutable std::shared_mutex lock_;
  Pages pages_;
  std::unordered_map<std::string, std::vector<std::string>> shown_in_;  ///< subject -> keys of pages
  std::unordered_map<std::string, std::uint64_t> touched_;              ///< subject -> when it was last renewed
  std::uint64_t now_ = 1, floor_ = 0;                                   ///< tickets below the floor are not trusted
  std::size_t bytes_ = 0;
};

}  // namespace polder::web
