// The part of a session that takes uploads: who may not send one is told so before a byte of the body is read; what
// comes is handed to the Intake on a worker, a piece at a time, while the client waits for it to be taken.
#include <spdlog/spdlog.h>

#include "kernel/http/session.h"
#include "kernel/http/wire.h"

namespace polder::http {
namespace {

constexpr std::size_t piece_size =
    256 * 1024;  // handed to the Intake at once, and what an upload takes of memory twice
constexpr std::size_t least_progress = 512 * 1024;  // in each body_timeout_s: 8.5 KiB a second, or the client is cut
constexpr int retry_after_s = 30;
constexpr int enough = 1;  // in place of a status: the Intake wants no more, and answers

/// One of the places of Options::uploads.
class Place {
 public:
  explicit Place(Common& common) : common_(common), had_(++common.uploads <= common.options.uploads) {}
  ~Place() { --common_.uploads; }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  explicit operator bool() const { return had_; }

 private:
  Common& common_;
  bool had_;
};

}  // namespace

std::expected<std::optional<std::uint64_t>, int> Session::upload_limit() const {
  try {
    if (common_.handlers.upload_limit && common_.handlers.receive) return common_.handlers.upload_limit(view());
    return std::nullopt;
  } catch (const std::exception& e) {
    spdlog::error("http: deciding an upload's limit failed at {}: {}", log_path(head_.path()), e.what());
    return std::unexpected(500);
  }
}

Awaitable<bool> Session::upload(const Request& asked, std::uint64_t limit) {
  if (head_.length.value_or(0) > limit) {
    co_await refuse(413);
    co_return false;
  }
  std::unique_ptr<Intake> intake;
  std::optional<Place> place;
  Answer answer;
  std::function<void()> admit = [&] {
    answer = answer_of(asked, [&] {
      auto received = common_.handlers.receive(asked);
      if (!received) return std::move(received).error();
      intake = *std::move(received);
      return Response{};
    });
    if (!intake) return;
    place.emplace(common_);
    if (*place) return;
    intake.reset();
    answer = error(503, retry_after_s);
  };
  if (!co_await on_worker(admit, false)) answer = error(503);
  // Admitted: the body is read. Else its sender is told, and what it sends all the same is thrown away for a moment.
  int end = head_.has_body() ? enough : 0;
  if (intake) {
    end = co_await feed(*intake, asked, limit);
    if (end == 0 || end == enough) {
      std::function<void()> finish = [&] {
        answer = answer_of(asked, [&] { return intake->answer(); });
        intake.reset();
      };
      co_await on_worker(finish, true);
    } else {
      // What it holds, a file of a gigabyte perhaps, takes a disk's time to let go.
      common_.pool.resume([held = std::move(intake)] {});
    }
  }
  place.reset();
  if (end == gone) co_return false;
  if (end != 0 && end != enough) {
    co_await refuse(end);
    co_return false;
  }
  bool kept = co_await send(answer, asked.path, end == 0 && keeps_alive());
  if (answer.stream) common_.pool.resume([held = std::move(answer.stream)] {});
  if (end == enough) co_await linger();
  co_return kept;
}

/// 0 when the whole body has been taken, `enough`, `gone`, or the status that refuses.
Awaitable<int> Session::feed(Intake& intake, const Request& asked, std::uint64_t limit) {
  if (!co_await say_continue()) co_return gone;
  std::string piece;
  piece.reserve(2 * piece_size);
  bool more = true, broken = false;
  std::function<void()> give = [&] {
    try {
      more = intake.take(piece);
    } catch (const std::exception& e) {
      broken = true;
      spdlog::error("http: the upload to {} threw: {}", log_path(asked.path), e.what());
    }
  };
  parser_->body_to(piece);
  parser_->body_limit(limit);
  parser_->eager(true);
  const auto& options = common_.options;
  std::int64_t end = loop_.now_s + options.upload_timeout_s, window = loop_.now_s + options.body_timeout_s;
  std::size_t progress = 0;
  enter(Phase::body, std::min(end, window) - loop_.now_s);
  for (;;) {
    if (int refusal = head_.has_body() ? parse_body() : 0) co_return refusal;
    bool last = !head_.has_body() || parser_->is_done();
    if (piece.size() >= piece_size || (last && !piece.empty())) {
      auto began = loop_.now_s;
      co_await on_worker(give, true);
      if (broken) co_return 500;
      if (!more) co_return enough;
      progress += piece.size();
      piece.clear();
      // The time that the disk took is not the client's.
      end += loop_.now_s - began;
      window += loop_.now_s - began;
      if (progress >= least_progress) {
        progress = 0;
        window = loop_.now_s + options.body_timeout_s;
      }
      enter(Phase::body, std::min(end, window) - loop_.now_s);
    }
    if (last) co_return 0;
    if (int refusal = co_await read_body(piece_size)) co_return refusal;
  }
}

}  // namespace polder::http
