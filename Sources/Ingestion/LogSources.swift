/// Every agent Suffice reads, and its own gateway.
package let allLogSources: [any LogSource] = [
    ClaudeCodeLogs(), CodexLogs(), CopilotCLILogs(), GeminiCLILogs(), OpenCodeLogs(), PiLogs(), AmpLogs(),
    QwenCodeLogs(), GatewayJournal(),
]
