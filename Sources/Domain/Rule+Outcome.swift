extension Rule {
    /// What sessions since then show, set beside like work before.
    package struct Outcome: Hashable, Sendable, Codable {
        package enum Verdict: String, Sendable, Codable {
            case promoted
            case demoted
            case undecided
        }

        /// Something that goes worse, counted a task.
        package struct Harm: Hashable, Sendable, Codable {
            package enum Kind: String, CaseIterable, Sendable, Codable {
                /// Tool calls that failed.
                case failures
                /// The same action again after it failed, or the same request again by the user.
                case retries
                /// A task, or the next one, was taken to a stronger model.
                case escalations
            }

            package var kind: Kind
            /// A task, of like tasks before.
            package var before: Double
            /// A task, since.
            package var after: Double
            /// Where the difference lies; nil where too little is known.
            package var low: Double?
            package var high: Double?

            package init(kind: Kind, before: Double, after: Double, low: Double?, high: Double?) {
                self.kind = kind
                self.before = before
                self.after = after
                self.low = low
                self.high = high
            }
        }

        package var verdict: Verdict
        /// Why, in a sentence.
        package var reason: String
        package var looked: Timestamp
        /// Tasks of kinds that are on both sides.
        package var tasksBefore: Int
        package var tasksAfter: Int
        package var sessionsBefore: Int
        package var sessionsAfter: Int
        /// What the tasks since cost, and what like tasks cost before.
        package var actual: Money
        package var expected: Money
        /// The realised saving on them; nil where too little is known for an interval.
        package var saving: MoneyInterval?
        /// The same as a share of what was expected.
        package var savingShare: Share?
        package var harms: [Harm]

        package struct Share: Hashable, Sendable, Codable {
            package var low: Double
            package var mid: Double
            package var high: Double

            package init(low: Double, mid: Double, high: Double) {
                self.low = low
                self.mid = mid
                self.high = high
            }
        }

        package init(
            verdict: Verdict,
            reason: String,
            looked: Timestamp,
            tasksBefore: Int,
            tasksAfter: Int,
            sessionsBefore: Int,
            sessionsAfter: Int,
            actual: Money,
            expected: Money,
            saving: MoneyInterval?,
            savingShare: Share?,
            harms: [Harm]
        ) {
            self.verdict = verdict
            self.reason = reason
            self.looked = looked
            self.tasksBefore = tasksBefore
            self.tasksAfter = tasksAfter
            self.sessionsBefore = sessionsBefore
            self.sessionsAfter = sessionsAfter
            self.actual = actual
            self.expected = expected
            self.saving = saving
            self.savingShare = savingShare
            self.harms = harms
        }
    }
}
