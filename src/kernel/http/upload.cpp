// The part of a session that takes uploads: who may not send one is told so before a byte of the body is read; what
// comes is handed to the Intake on a worker, a piece at a time, while the next one is read and never the one after it.
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include "kernel/http/session.h"
#include "kernel/http/wire.h"

namespace polder::http {
namespace {

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

/// A piece that is with the Intake while the session reads the next. All but the job itself happens on the I/O thread.
class Taking {
 public:
  Taking(Pool& pool, const Executor& executor, Intake& intake) : pool_(pool), executor_(executor), intake_(intake) {}
  Taking(const Taking&) = delete;
  Taking& operator=(const Taking&) = delete;

  /// Hands the piece over and gives back an empty one. Only after finished(), and nothing of this may go before it.
  void start(std::string& piece) {
    piece_.swap(piece);
    piece.clear();
    running_ = true;
    auto waiter = std::make_shared<Waiter>();
    waiter_ = waiter;
    // From the post on, this may be gone before the job's last line.
    pool_.resume([this, executor = executor_, waiter = std::move(waiter)]() mutable {
      try {
        more_ = intake_.take(piece_);
      } catch (const std::exception& e) {
        more_ = false;
        fault_ = e.what();
      }
      asio::post(executor, [this, waiter = std::move(waiter)] {
        running_ = false;
        if (*waiter) (*waiter)();
      });
    });
  }

  Awaitable<> finished() {
    if (!running_) co_return;
    auto initiate = [this](auto handler) { *waiter_.lock() = std::move(handler); };
    co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(initiate, use_awaitable);
  }

  bool more() const { return more_; }
  const std::string& fault() const { return fault_; }

 private:
  /// Who waits owns the session, so it belongs to the job and not to this, which is a part of the session.
  using Waiter = std::move_only_function<void()>;

  Pool& pool_;
  Executor executor_;
  Intake& intake_;
  std::string piece_, fault_;
  bool running_ = false, more_ = true;
  std::weak_ptr<Waiter> waiter_;
};

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
  Taking taking(common_.pool, socket_.get_executor(), intake);
  int end = 500;
  try {
    end = co_await read_pieces(taking, limit);
  } catch (const std::exception& e) {  // the job below still has what lies in this frame
    spdlog::error("http: reading an upload to {} failed: {}", log_path(asked.path), e.what());
  }
  phase_ = Phase::working;
  co_await taking.finished();
  if (!taking.fault().empty()) {
    spdlog::error("http: the upload to {} threw: {}", log_path(asked.path), taking.fault());
    co_return 500;
  }
  co_return end == 0 && !taking.more() ? enough : end;
}

Awaitable<int> Session::read_pieces(Taking& taking, std::uint64_t limit) {
  std::string piece;
  piece.reserve(upload_piece);
  parser_->body_to(piece);
  parser_->body_limit(limit);
  parser_->eager(true);
  const auto& options = common_.options;
  std::uint64_t left = head_.length.value_or(0);
  std::int64_t end = loop_.now_s + options.upload_timeout_s, window = loop_.now_s + options.body_timeout_s;
  std::size_t progress = 0;
  enter(Phase::body, std::min(end, window) - loop_.now_s);
  for (bool last = !head_.has_body(); !last;) {
    auto before = piece.size();
    if (int refusal = head_.chunked ? co_await read_chunks(before == 0) : co_await read_sized(piece, left))
      co_return refusal;
    last = head_.chunked ? parser_->is_done() : left == 0;
    progress += piece.size() - before;
    if (piece.size() >= upload_piece || last) {
      auto began = loop_.now_s;
      phase_ = Phase::working;
      co_await taking.finished();
      if (!taking.more()) co_return enough;
      taking.start(piece);
      // The time that the disk took is not the client's.
      end += loop_.now_s - began;
      window += loop_.now_s - began;
    }
    if (progress >= least_progress) {
      progress = 0;
      window = loop_.now_s + options.body_timeout_s;
    }
    if (phase_ == Phase::working || progress == 0) enter(Phase::body, std::min(end, window) - loop_.now_s);
  }
  co_return 0;
}

/// A body whose length is known needs no parser: what comes goes straight to where it is wanted.
Awaitable<int> Session::read_sized(std::string& piece, std::uint64_t& left) {
  auto room = std::size_t(std::min<std::uint64_t>(left, upload_piece - piece.size()));
  if (in_.size() > 0) {
    auto n = std::min(room, in_.size());
    piece.append(static_cast<const char*>(in_.data().data()), n);
    in_.consume(n);
    left -= n;
    co_return 0;
  }
  boost::system::error_code fault;
  co_await socket_.async_wait(Socket::wait_read, asio::redirect_error(use_awaitable, fault));
  if (fault) co_return expired_ ? 408 : gone;
  auto before = piece.size();
  piece.resize_and_overwrite(before + room, [&](char* at, std::size_t size) {
    return before + socket_.read_some(asio::buffer(at + before, size - before), fault);
  });
  left -= piece.size() - before;
  co_return !fault || fault == asio::error::would_block ? 0 : gone;
}

Awaitable<int> Session::read_chunks(bool first) {
  // What came behind the head has not been looked at yet.
  if (first && in_.size() > 0) {
    if (int refusal = parse_body(); refusal || parser_->is_done()) co_return refusal;
  }
  if (int refusal = co_await read_body(upload_piece / 4)) co_return refusal;
  co_return parse_body();
}

}  // namespace polder::http
