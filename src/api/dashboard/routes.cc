#include "api/dashboard/routes.h"

#include <string_view>
#include <utility>

// NOLINTBEGIN(readability-identifier-naming): names made by dss_embed.
#define DSS_EMBEDDED(name)                                          \
  extern "C" const unsigned char dss_embed_dashboard_##name[];      \
  extern "C" const unsigned long dss_embed_dashboard_##name##_size; \
  extern "C" const unsigned char dss_embed_dashboard_##name##_gz[]; \
  extern "C" const unsigned long dss_embed_dashboard_##name##_gz_size;
DSS_EMBEDDED(page_html)
DSS_EMBEDDED(announcer_js)
DSS_EMBEDDED(app_js)
DSS_EMBEDDED(bar_list_js)
DSS_EMBEDDED(chart_css)
DSS_EMBEDDED(column_chart_js)
DSS_EMBEDDED(counters_js)
DSS_EMBEDDED(dom_js)
DSS_EMBEDDED(encoder_js)
DSS_EMBEDDED(exposition_js)
DSS_EMBEDDED(format_js)
DSS_EMBEDDED(histogram_js)
DSS_EMBEDDED(history_js)
DSS_EMBEDDED(icon_svg)
DSS_EMBEDDED(latency_js)
DSS_EMBEDDED(legend_js)
DSS_EMBEDDED(line_chart_js)
DSS_EMBEDDED(models_js)
DSS_EMBEDDED(panel_js)
DSS_EMBEDDED(poller_js)
DSS_EMBEDDED(process_js)
DSS_EMBEDDED(rankings_js)
DSS_EMBEDDED(scale_js)
DSS_EMBEDDED(scores_js)
DSS_EMBEDDED(scraper_js)
DSS_EMBEDDED(selection_js)
DSS_EMBEDDED(snapshot_js)
DSS_EMBEDDED(stages_js)
DSS_EMBEDDED(state_js)
DSS_EMBEDDED(style_css)
DSS_EMBEDDED(theme_js)
DSS_EMBEDDED(tiles_js)
DSS_EMBEDDED(traffic_js)
#undef DSS_EMBEDDED
// NOLINTEND(readability-identifier-naming)

namespace dss::api::dashboard {
namespace {

constexpr std::string_view kHtml = "text/html; charset=utf-8";
constexpr std::string_view kStyle = "text/css; charset=utf-8";
constexpr std::string_view kScript = "text/javascript; charset=utf-8";
constexpr std::string_view kIcon = "image/svg+xml";

constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string_view bytes(const unsigned char* data, unsigned long size) {
  return {reinterpret_cast<const char*>(data), size};
}

#define DSS_PAGE(path, type, name)                                                    \
  Page {                                                                              \
    path, type, bytes(dss_embed_dashboard_##name, dss_embed_dashboard_##name##_size), \
        bytes(dss_embed_dashboard_##name##_gz, dss_embed_dashboard_##name##_gz_size)  \
  }

}  // namespace

const std::vector<Page>& pages() {
  static const std::vector<Page> all = {
      DSS_PAGE("/dashboard", kHtml, page_html),
      DSS_PAGE("/dashboard/announcer.js", kScript, announcer_js),
      DSS_PAGE("/dashboard/app.js", kScript, app_js),
      DSS_PAGE("/dashboard/bar_list.js", kScript, bar_list_js),
      DSS_PAGE("/dashboard/chart.css", kStyle, chart_css),
      DSS_PAGE("/dashboard/column_chart.js", kScript, column_chart_js),
      DSS_PAGE("/dashboard/counters.js", kScript, counters_js),
      DSS_PAGE("/dashboard/dom.js", kScript, dom_js),
      DSS_PAGE("/dashboard/encoder.js", kScript, encoder_js),
      DSS_PAGE("/dashboard/exposition.js", kScript, exposition_js),
      DSS_PAGE("/dashboard/format.js", kScript, format_js),
      DSS_PAGE("/dashboard/histogram.js", kScript, histogram_js),
      DSS_PAGE("/dashboard/history.js", kScript, history_js),
      DSS_PAGE("/dashboard/icon.svg", kIcon, icon_svg),
      DSS_PAGE("/dashboard/latency.js", kScript, latency_js),
      DSS_PAGE("/dashboard/legend.js", kScript, legend_js),
      DSS_PAGE("/dashboard/line_chart.js", kScript, line_chart_js),
      DSS_PAGE("/dashboard/models.js", kScript, models_js),
      DSS_PAGE("/dashboard/panel.js", kScript, panel_js),
      DSS_PAGE("/dashboard/poller.js", kScript, poller_js),
      DSS_PAGE("/dashboard/process.js", kScript, process_js),
      DSS_PAGE("/dashboard/rankings.js", kScript, rankings_js),
      DSS_PAGE("/dashboard/scale.js", kScript, scale_js),
      DSS_PAGE("/dashboard/scores.js", kScript, scores_js),
      DSS_PAGE("/dashboard/scraper.js", kScript, scraper_js),
      DSS_PAGE("/dashboard/selection.js", kScript, selection_js),
      DSS_PAGE("/dashboard/snapshot.js", kScript, snapshot_js),
      DSS_PAGE("/dashboard/stages.js", kScript, stages_js),
      DSS_PAGE("/dashboard/state.js", kScript, state_js),
      DSS_PAGE("/dashboard/style.css", kStyle, style_css),
      DSS_PAGE("/dashboard/theme.js", kScript, theme_js),
      DSS_PAGE("/dashboard/tiles.js", kScript, tiles_js),
      DSS_PAGE("/dashboard/traffic.js", kScript, traffic_js),
  };
  return all;
}

#undef DSS_PAGE

void add_routes(const Service& service, http::RouteTable* table) {
  for (const Page& page : pages()) {
    http::Route route = page_route(page, kContentSecurityPolicy);
    route.counted = false;
    route.on_public = service.operator_routes_on_public;
    route.on_admin = true;
    table->routes.push_back(std::move(route));
  }
}

}  // namespace dss::api::dashboard
