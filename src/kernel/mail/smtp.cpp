// Delivery by SMTP (RFC 5321), with libcurl. Nothing here logs, and no fault repeats a server's words: they quote
// addresses.
#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include "kernel/mail/deliver.h"

namespace polder::mail {
namespace {

struct EndHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, EndHandle>;

/// Handles at rest, with their connections open: a mail to every follower is not a handshake for each.
class Handles {
 public:
  Handle take() {
    const std::lock_guard hold(lock_);
    if (resting_.empty()) return Handle(curl_easy_init());
    Handle out = std::move(resting_.back());
    resting_.pop_back();
    return out;
  }
  void give_back(Handle handle) {
    curl_easy_reset(handle.get());
    const std::lock_guard hold(lock_);
    resting_.push_back(std::move(handle));
  }

 private:
  std::mutex lock_;
  std::vector<Handle> resting_;
};

std::size_t read_message(char* to, std::size_t size, std::size_t n, void* rest) {
  auto& left = *static_cast<std::string_view*>(rest);
  const auto taken = std::min(size * n, left.size());
  std::memcpy(to, left.data(), taken);
  left.remove_prefix(taken);
  return taken;
}

/// RFC 5321 §4.2.1: 5xx is for ever, everything else passes. What concerns our own sign-in or encryption (530-538,
/// RFC 4954 §6) is not the fault of the mail: it waits until somebody mends the settings.
jobs::Outcome outcome(CURLcode result, long reply) {
  if (result == CURLE_OK) return {};
  const bool ours = result == CURLE_LOGIN_DENIED || result == CURLE_USE_SSL_FAILED || (reply >= 530 && reply <= 538);
  if (reply >= 500 && reply < 600 && !ours) return jobs::Outcome::give_up("SMTP " + std::to_string(reply));
  if (reply >= 400 && reply < 600) return jobs::Outcome::retry("SMTP " + std::to_string(reply));
  return jobs::Outcome::retry(curl_easy_strerror(result));
}

class Smtp final : public Delivery {
 public:
  explicit Smtp(const Settings& settings) : settings_(settings) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(started);
  }

  jobs::Outcome deliver(Id, const std::string& to, const std::string& message) override {
    Handle handle = handles_.take();
    const auto end = [](curl_slist* list) { curl_slist_free_all(list); };
    const std::unique_ptr<curl_slist, decltype(end)> recipients(curl_slist_append(nullptr, ("<" + to + ">").c_str()),
                                                                end);
    const auto from = "<" + settings_.from + ">";
    std::string_view rest = message;
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle.get(), option, value); };
    set(CURLOPT_URL, settings_.server.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_USE_SSL, long(settings_.tls == Tls::required ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!settings_.ca_file.empty()) set(CURLOPT_CAINFO, settings_.ca_file.c_str());
    if (!settings_.user.empty()) {
      set(CURLOPT_USERNAME, settings_.user.c_str());
      set(CURLOPT_PASSWORD, settings_.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, from.c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &read_message);
    set(CURLOPT_READDATA, static_cast<void*>(&rest));
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
    set(CURLOPT_CONNECTTIMEOUT, long(std::min(settings_.timeout_s, 10)));
    set(CURLOPT_TIMEOUT, long(settings_.timeout_s));
    set(CURLOPT_NOSIGNAL, 1L);
    const CURLcode result = curl_easy_perform(handle.get());
    long reply = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &reply);
    if (result == CURLE_OK) handles_.give_back(std::move(handle));
    return outcome(result, reply);
  }

  void sweep(const std::function<bool(Id)>&) override {}

 private:
  Settings settings_;
  Handles handles_;
};

}  // namespace

std::unique_ptr<Delivery> by_smtp(const Settings& settings) { return std::make_unique<Smtp>(settings); }

}  // namespace polder::mail
