#include "kernel/web/page_cache.h"

namespace polder::web {
namespace {

constexpr std::int64_t keep_ms = minute_ms;
constexpr std::size_t most_subjects = 100'000;

std::string key_of(std::string_view address, std::string_view variant) {
  std::string key(variant);
  key += ' ';
  key += address;
  return key;
}

Headers cached_headers() {
  Headers headers = page_headers();
  // A proxy or browser may keep it, but asks each time: an act renews a page at once.
  headers.emplace_back("cache-control", "no-cache");
  return headers;
}

}  // namespace

std::uint64_t PageCache::ticket() const {
  const std::shared_lock hold(lock_);
  return now_;
}

void PageCache::put(std::uint64_t ticket, const std::string& address, const std::string& variant,
                    std::vector<std::string> subjects, std::string html) {
  Page page;
  page.forms = finish(cached_headers(), std::move(html));
  page.subjects = std::move(subjects);
  page.until = clock_.now() + keep_ms;
  page.bytes =
      page.forms.plain.bytes() + page.forms.compressed.bytes() + (address.size() + 64) * (page.subjects.size() + 2);
  if (page.bytes > most_bytes_) return;

  const std::unique_lock hold(lock_);
  if (ticket < floor_) return;
  for (const auto& subject : page.subjects)
    if (const auto touched = touched_.find(subject); touched != touched_.end() && touched->second >= ticket) return;
  const std::string key = key_of(address, variant);
  if (const auto old = pages_.find(key); old != pages_.end()) drop(old);
  while (!pages_.empty() && bytes_ + page.bytes > most_bytes_) drop(pages_.begin());
  bytes_ += page.bytes;
  for (const auto& subject : page.subjects) shown_in_[subject].push_back(key);
  pages_.emplace(key, std::move(page));
}

std::shared_ptr<const http::Finished> PageCache::find(std::string_view address, std::string_view variant, bool gzip,
                                                      std::string_view if_none_match) const {
  thread_local std::string key;
  key.assign(variant);
  key += ' ';
  key += address;
  const std::shared_lock hold(lock_);
  const auto found = pages_.find(key);
  if (found == pages_.end() || found->second.until < clock_.now()) return nullptr;
  const Forms& forms = found->second.forms;
  return (gzip ? forms.compressed : forms.plain).answer_to(if_none_match);
}

void PageCache::drop(Pages::iterator at) {
  for (const auto& subject : at->second.subjects)
    if (const auto keys = shown_in_.find(subject); keys != shown_in_.end()) {
      std::erase(keys->second, at->first);
      if (keys->second.empty()) shown_in_.erase(keys);
    }
  bytes_ -= at->second.bytes;
  pages_.erase(at);
}

void PageCache::renew(const std::vector<std::string>& subjects) {
  const std::unique_lock hold(lock_);
  ++now_;
  if (touched_.size() > most_subjects) {
    touched_.clear();
    floor_ = now_;
  }
  for (const auto& subject : subjects) {
    touched_[subject] = now_ - 1;
    const auto keys = shown_in_.find(subject);
    if (keys == shown_in_.end()) continue;
    for (const auto& key : std::vector<std::string>(keys->second))
      if (const auto page = pages_.find(key); page != pages_.end()) drop(page);
  }
}

void PageCache::clear() {
  const std::unique_lock hold(lock_);
  ++now_;
  floor_ = now_;
  pages_.clear();
  shown_in_.clear();
  touched_.clear();
  bytes_ = 0;
}

PageCache::Figures PageCache::figures() const {
  const std::shared_lock hold(lock_);
  return {pages_.size(), bytes_};
}

}  // namespace polder::web
