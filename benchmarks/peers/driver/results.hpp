// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "options.hpp"

#include <machine.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace peers {

/// Whoever takes part, or should have.
struct subject {
    nlohmann::ordered_json identity; ///< as in results.json: id, kind, version, language, missing
    bool is_there = true;

    [[nodiscard]] std::string id() const { return identity.at("id"); }
    [[nodiscard]] bool is_steward() const { return identity.at("kind") == "steward"; }
    void is_missing(const std::string& reason);
};

/// One number for each repetition, by what it says.
using samples = std::map<std::string, std::vector<double>>;

/// What was measured: `of[subject][case]`.
struct results {
    std::vector<subject> subjects;
    std::vector<peer_case> cases;
    std::vector<std::vector<samples>> of;
};

/// What a peer answers, as the samples of one repetition. Throws std::runtime_error if it is not what was expected.
[[nodiscard]] std::map<std::string, double> samples_of(const std::string& answer);

/// The whole of results.json, in the lab's form.
[[nodiscard]] std::string to_json(const steward::lab::machine& where, bool quick, const results& all,
                                  const nlohmann::ordered_json& notes);

} // namespace peers
