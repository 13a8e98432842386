// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/body.hpp>
#include <steward/adapters/http/client.hpp>
#include <steward/adapters/http/error.hpp>
#include <steward/adapters/http/event_stream.hpp>
#include <steward/adapters/http/headers.hpp>
#include <steward/adapters/http/http.hpp>
#include <steward/adapters/http/line_stream.hpp>
#include <steward/adapters/http/request.hpp>
#include <steward/adapters/http/response.hpp>
#include <steward/adapters/http/settings.hpp>

// So that the result of response.json() can be used; the smaller headers in http/ do without.
#include <nlohmann/json.hpp>
