// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <nlohmann/json.hpp>

#include <string>

/// What the data of both pages are made of.
namespace lab {

/// To four digits: more are good for nothing, and half of the page's size. What is not a number becomes null.
nlohmann::ordered_json rounded(double number);

nlohmann::ordered_json source_data(const source& one);

/// All measures, in their order.
nlohmann::ordered_json measure_data();

/// The text, so that nothing in it ends the script that it stands in.
std::string inside_script(const nlohmann::ordered_json& data);

} // namespace lab
