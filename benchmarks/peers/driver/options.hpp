// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace peers {

/// So many threads on so many slots, doing that.
struct peer_case {
    std::string workload;
    std::size_t threads, slots;
};

/// A peer that is not there, and why.
struct absent_peer {
    std::string id, language, version, reason;
};

/// What the command line says.
struct options {
    bool help = false;
    bool quick = false;
    int repetitions = 0;  ///< 0: 5 where it shall be quick, else 11
    int milliseconds = 0; ///< of one repetition; 0: 100 where it shall be quick, else 250
    std::string output{};
    std::vector<std::string> peers{}; ///< commands
    std::vector<absent_peer> absent{};
    std::vector<std::string> workloads{}; ///< none: all
    std::vector<std::string> threads{};   ///< none: all

    [[nodiscard]] int repetitions_or_default() const { return repetitions != 0 ? repetitions : quick ? 5 : 11; }
    [[nodiscard]] int milliseconds_or_default() const { return milliseconds != 0 ? milliseconds : quick ? 100 : 250; }
};

/// Throws std::invalid_argument, with what was expected, for what it does not know.
[[nodiscard]] options parse(std::span<char* const> arguments);

[[nodiscard]] const char* help();

/// In the order of the table.
[[nodiscard]] std::vector<peer_case> wanted(const options& given);

} // namespace peers
