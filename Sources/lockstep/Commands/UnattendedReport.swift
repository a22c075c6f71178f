internal import Engine
internal import Identity
internal import Store

/// What a `sync --quiet` says of what needs a person: news alone, because cron sends it as a mail.
struct UnattendedReport {
    let world: World
    let store: Store

    func write(_ report: SyncReport, _ attention: [Attention]) throws {
        let all = AttentionTelling.items(of: report, attention)
        let news = try ToldTable(store).news(all.map(\.matter), at: world.now())
        let telling = AttentionTelling(world: world)
        telling.say(all.filter { news.due.contains($0.matter) }, of: report)
        telling.sayOver(news.over)
    }

    /// Whether it is news that another run is at work.
    func isNews(busy message: String) throws -> Bool {
        let matter = Attention(kind: .run, target: "", message: message, hint: "").matter
        return try !ToldTable(store)
            .news([matter], kinds: [matter.kind], at: world.now()).due.isEmpty
    }
}
