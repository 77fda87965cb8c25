// A wire to PostgreSQL that a test can cut: a small TCP proxy.
#pragma once

#include <atomic>

#include <string>
#include <thread>
#include <vector>

namespace polder::storage {

class Wire {
 public:
  /// To the server on `host` (a name, an address, or the folder of its socket) and `port`.
  Wire(std::string host, std::string port);
  ~Wire();
  int port() const { return port_; }

  /// Cuts all connections and takes no more until `mend()`.
  void cut();
  void mend() { up_ = true; }

  enum class Moment { before_commit, after_commit };
  /// Cuts the connection of the next COMMIT: before the server hears of it, or when the server has done it and answers.
  void cut_at(Moment moment) {
    moment_ = moment;
    armed_ = true;
  }

 private:
  void accept_all();
  void carry(int client);
  int dial() const;

  std::string host_, server_port_;
  int listener_ = -1, port_ = 0;
  std::atomic<bool> up_ = true, armed_ = false, closing_ = false;
  std::atomic<Moment> moment_ = Moment::before_commit;
  std::atomic<int> generation_ = 0;
  std::vector<std::thread> carriers_;  // of the acceptor's thread, until that has ended
  std::thread acceptor_;
};

}  // namespace polder::storage
