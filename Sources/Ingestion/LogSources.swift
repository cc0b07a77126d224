/// Every agent Suffice reads.
package let allLogSources: [any LogSource] = [
    ClaudeCodeLogs(), CodexLogs(), CopilotCLILogs(), GeminiCLILogs(), OpenCodeLogs(), PiLogs(), AmpLogs(),
    QwenCodeLogs(),
]
