#include "app/privacy/record.h"

#include <fmt/format.h>

#include <utility>

namespace dss::app {
namespace {

/// Says each thing in the language of the record.
class Sections {
 public:
  explicit Sections(RecordLanguage language) : french_(language == RecordLanguage::kFrench) {}

  void begin(std::string_view id, std::string_view paragraph, std::string_view english,
             std::string_view french) {
    sections_.push_back({.id = id,
                         .paragraph = paragraph,
                         .title = std::string(french_ ? french : english),
                         .lines = {}});
  }
  void say(std::string_view english, std::string_view french) {
    sections_.back().lines.emplace_back(french_ ? french : english);
  }
  void say_if(bool holds, std::string_view english, std::string_view french) {
    if (holds) say(english, french);
  }
  std::vector<RecordSection> take() { return std::move(sections_); }

 private:
  bool french_;
  std::vector<RecordSection> sections_;
};

bool has_keys(const ServeSettings& settings) { return settings.auth.store.has_value(); }

void controller(const ServeSettings& settings, Sections* record) {
  record->begin("controller", "(a)", "Controller", "Responsable du traitement");
  if (settings.controller.empty()) {
    record->say("To be named by the operator: setting privacy.controller.",
                "À nommer par l’exploitant : paramètre privacy.controller.");
  } else {
    record->say(settings.controller, settings.controller);
  }
}

void purposes(const ServeSettings& settings, Sections* record) {
  record->begin("purposes", "(b)", "Purposes", "Finalités");
  record->say("Estimate how toxic submitted texts are, so that people can moderate a discussion.",
              "Estimer la toxicité des textes soumis, pour aider des personnes à modérer une "
              "discussion.");
  record->say_if(settings.feedback.has_value(),
                 "Keep what moderators say about scores, to correct the service.",
                 "Conserver l’avis des modérateurs sur les scores, pour corriger le service.");
  record->say_if(settings.auth.asks() || settings.quotas.has_value(),
                 "Tell clients apart and limit what each may ask for.",
                 "Distinguer les clients et limiter ce que chacun peut demander.");
}

void people_and_data(const ServeSettings& settings, Sections* record) {
  record->begin("data", "(c)", "People and data", "Personnes et données");
  record->say("Authors of the texts, and people named in them: the texts, whatever they hold.",
              "Auteurs des textes et personnes qui y sont nommées : les textes, quel que soit leur "
              "contenu.");
  record->say_if(settings.feedback.has_value() && settings.feedback->keep_text,
                 "Feedback: labels, scores, model version, time, keyed hashes of text and client "
                 "token, and the text.",
                 "Avis : étiquettes, scores, version du modèle, date, empreintes à clé du texte et "
                 "du jeton client, ainsi que le texte.");
  record->say_if(settings.feedback.has_value() && !settings.feedback->keep_text,
                 "Feedback: labels, scores, model version, time, keyed hashes of text and client "
                 "token; not the text.",
                 "Avis : étiquettes, scores, version du modèle, date, empreintes à clé du texte et "
                 "du jeton client ; pas le texte.");
  record->say_if(has_keys(settings),
                 "Holders of API keys: name, roles, tenant, dates and a hash of the key.",
                 "Détenteurs de clés d’API : nom, rôles, locataire, dates et empreinte de la clé.");
  record->say_if(settings.quotas.has_value(),
                 "Clients: a hash of the network address, under a key that ends with the process.",
                 "Clients : empreinte de l’adresse réseau, sous une clé qui disparaît avec le "
                 "processus.");
  record->say(
      "Logs and metrics: routes, statuses, durations and sizes; no texts, no addresses.",
      "Journaux et métriques : routes, statuts, durées et tailles ; ni textes ni adresses.");
}

void recipients(const ServeSettings& settings, Sections* record) {
  record->begin("recipients", "(d)", "Recipients", "Destinataires");
  record->say(
      "Who sends a text gets its scores; nobody else gets either.",
      "Qui envoie un texte reçoit ses scores ; personne d’autre ne reçoit l’un ou l’autre.");
  record->say_if(
      settings.tracing.has_value(),
      "A collector of traces gets routes, statuses and durations; no texts, no addresses.",
      "Un collecteur de traces reçoit routes, statuts et durées ; ni textes ni adresses.");
  record->begin("transfers", "(e)", "Transfers to third countries",
                "Transferts vers des pays tiers");
  record->say("None by this program: it sends texts nowhere.",
              "Aucun par ce programme : il n’envoie les textes nulle part.");
}

void keep_for(const FeedbackSettings& feedback, RecordLanguage language, Sections* record) {
  const bool sqlite = feedback.location.kind == store::Location::Kind::kSqlite;
  const std::string_view database = sqlite ? "SQLite" : "PostgreSQL";
  const bool french = language == RecordLanguage::kFrench;
  std::string kept = french ? "jusqu’à leur suppression" : "until they are deleted";
  if (feedback.entries_kept) {
    kept =
        fmt::format(fmt::runtime(french ? "{} jours" : "{} days"), feedback.entries_kept->count());
  }
  record->say(fmt::format("Feedback, in a {} database: {}.", database, kept),
              fmt::format("Avis, dans une base {} : {}.", database, kept));
  if (!feedback.keep_text) return;
  const auto days = feedback.texts_kept.count();
  record->say(fmt::format("Texts of feedback: {} days, then the text is removed.", days),
              fmt::format("Textes des avis : {} jours, puis le texte est effacé.", days));
}

void retention(const ServeSettings& settings, RecordLanguage language, Sections* record) {
  record->begin("retention", "(f)", "Time limits", "Délais d’effacement");
  record->say("Texts to be scored: in memory while their request is answered; never on a disk.",
              "Textes à évaluer : en mémoire le temps de la réponse ; jamais sur un disque.");
  if (settings.feedback) {
    keep_for(*settings.feedback, language, record);
    record->say(
        "All feedback of a client is erased by dss feedback delete --client-token TOKEN.",
        "Tous les avis d’un client sont effacés par dss feedback delete --client-token JETON.");
  }
  record->say_if(has_keys(settings), "API keys: until the operator removes them.",
                 "Clés d’API : jusqu’à leur retrait par l’exploitant.");
}

void security(const ServeSettings& settings, Sections* record) {
  record->begin("security", "(g)", "Security measures", "Mesures de sécurité");
  settings.tls
      ? record->say("TLS 1.2 or 1.3 on every address.", "TLS 1.2 ou 1.3 sur chaque adresse.")
      : record->say("Plain HTTP: encryption is left to what stands in front.",
                    "HTTP en clair : le chiffrement revient à ce qui précède.");
  settings.auth.asks()
      ? record->say("Every caller shows a key or token with a role.",
                    "Chaque appelant présente une clé ou un jeton portant un rôle.")
      : record->say("Callers are not asked who they are.",
                    "L’identité des appelants n’est pas demandée.");
  record->say_if(settings.mask_before_scoring,
                 "Personal data are masked before texts are scored or kept.",
                 "Les données personnelles sont masquées avant l’évaluation et la conservation.");
  record->say_if(!settings.mask_before_scoring && settings.mask_before_storing,
                 "Personal data are masked before texts are kept.",
                 "Les données personnelles sont masquées avant toute conservation.");
  settings.core_dumps
      ? record->say("A crash may write the memory, with the texts in it, to a disk.",
                    "Un arrêt brutal peut écrire la mémoire, textes compris, sur un disque.")
      : record->say("No core dumps: the process keeps its memory to itself.",
                    "Pas d’image mémoire : le processus garde sa mémoire pour lui.");
  record->say(
      "No connection is opened but to the operator's own database and collector.",
      "Aucune connexion n’est ouverte, sauf vers la base et le collecteur de l’exploitant.");
}

}  // namespace

std::optional<RecordLanguage> record_language(std::string_view tag) {
  const std::string_view primary = tag.substr(0, tag.find('-'));
  if (primary == "en") return RecordLanguage::kEnglish;
  if (primary == "fr") return RecordLanguage::kFrench;
  return std::nullopt;
}

ProcessingRecord processing_record(const ServeSettings& settings, RecordLanguage language) {
  Sections record(language);
  controller(settings, &record);
  purposes(settings, &record);
  people_and_data(settings, &record);
  recipients(settings, &record);
  retention(settings, language, &record);
  security(settings, &record);
  const bool french = language == RecordLanguage::kFrench;
  return {.language = language,
          .title = french ? "Registre des activités de traitement : Digital Social Score"
                          : "Record of processing activities: Digital Social Score",
          .sections = record.take()};
}

}  // namespace dss::app
