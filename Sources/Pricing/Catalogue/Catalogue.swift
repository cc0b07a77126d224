// Written by Scripts/make-catalogue.py; how it reads is said in PriceTable+Text.swift.
// swift-format-ignore-file
/// Prices known on 2026-11-20, in US$ per million tokens, by model and day.
let catalogue: StaticString = """
cerebras/gemma-4-31b	cerebras	131072	40960	tools vision thinking	
	2026-11-20	
		standard	0	0.99	1.49			
cerebras/gpt-oss-120b	cerebras	131072	32768	tools thinking	
	2026-11-20	
		standard	0	0.35	0.75			
cerebras/llama-3.1-70b	cerebras	128000	128000	tools	
	2026-11-20	
		standard	0	0.6	0.6			
cerebras/llama-3.1-8b	cerebras	128000	128000	tools	
	2026-11-20	
		standard	0	0.1	0.1			
cerebras/llama-3.3-70b	cerebras	128000	128000	tools	2026-02-16
	2026-11-20	
		standard	0	0.85	1.2			
cerebras/llama3.1-70b	cerebras	128000	128000	tools	2025-01-17
	2026-11-20	
		standard	0	0.6	0.6			
cerebras/llama3.1-8b	cerebras	128000	128000	tools	2026-05-27
	2026-11-20	
		standard	0	0.1	0.1			
cerebras/qwen-3-32b	cerebras	128000	128000	tools thinking	2026-02-16
	2026-11-20	
		standard	0	0.4	0.8			
cerebras/qwen-3.8-27b	cerebras	65536	32768	tools vision thinking	
	2026-11-20	
		standard	0	0.99	1.49			
chat-latest	openai	400000	128000	tools vision thinking	
	2026-11-20	
		standard	0	5	30	0.5		
chatgpt-4o-latest	openai			tools vision	2026-10-24
	2025-08-01	
		standard	0	5	15			
claude-3-5-haiku	anthropic			tools vision	2026-03-01
	2024-10-22	
		standard	0	0.8	4	0.08	1	1.6
claude-3-5-sonnet	anthropic			tools vision	2026-03-01
	2024-06-20	
		standard	0	3	15	0.3	3.75	6
claude-3-7-sonnet	anthropic			tools vision	2026-10-24
	2025-02-19	
		standard	0	3	15	0.3	3.75	6
claude-3-haiku	anthropic			tools vision	2026-10-24
	2024-03-07	
		standard	0	0.25	1.25	0.03	0.3	0.5
claude-3-opus	anthropic			tools vision	2026-10-24
	2024-02-29	
		standard	0	15	75	1.5	18.75	30
claude-fable-5	anthropic	1000000	128000	tools vision thinking	
	2026-06-01	us=1.1 regional=1.1 search=10
		standard	0	10	50	1	12.5	20
		batch	0	5	25	0.5	6.25	
claude-fable-5-1	anthropic	1000000	128000	tools vision thinking	
	2026-10-07	us=1.1 regional=1.1 search=10
		standard	0	10	50	0.25	12.5	20
		batch	0	5	25	0.125	6.25	
claude-haiku-4-5	anthropic	200000	64000	tools vision thinking	
	2025-10-01	regional=1.1
		standard	0	1	5	0.1	1.25	2
		batch	0	0.5	2.5	0.05	0.625	
claude-haiku-5-5	anthropic	1000000	128000	tools vision thinking	
	2026-10-24	us=1.1 regional=1.1 search=10
		standard	0	0.1	0.5	0.01	0.125	0.2
		standard	100000	0.5	2.5	0.05	0.625	1
		batch	0	0.05	0.25	0.005	0.0625	
		batch	100000	0.25	1.25	0.025	0.3125	
claude-mythos-5	anthropic	1000000	128000	tools vision thinking	
	2026-08-22	us=1.1 regional=1.1 search=10
		standard	0	10	50	1	12.5	20
		batch	0	5	25	0.5	6.25	
claude-mythos-5-1	anthropic	1000000	128000	tools vision thinking	
	2026-10-07	us=1.1 regional=1.1 search=10
		standard	0	10	50	0.25	12.5	20
		batch	0	5	25	0.125	6.25	
claude-mythos-preview	anthropic	1000000	128000	tools vision thinking	2026-06-09
	2026-08-22	us=1.1 search=10
		standard	0	10	50	1	12.5	20
claude-opus-4	anthropic			tools vision	2026-10-24
	2025-05-14	
		standard	0	15	75	1.5	18.75	30
claude-opus-4-1	anthropic			tools vision	2026-10-24
	2025-08-01	
		standard	0	15	75	1.5	18.75	30
claude-opus-4-5	anthropic	200000	64000	tools vision thinking	
	2025-11-01	regional=1.1 search=10
		standard	0	5	25	0.5	6.25	10
		batch	0	2.5	12.5	0.25	3.125	
claude-opus-4-6	anthropic	1000000	128000	tools vision thinking	
	2026-02-05	fast=6 us=1.1 regional=1.1 search=10
		standard	0	5	25	0.5	6.25	10
		standard	200000	10	37.5	1	12.5	20
		batch	0	2.5	12.5	0.25	3.125	
	2026-03-13	fast=6 us=1.1 regional=1.1 search=10
		standard	0	5	25	0.5	6.25	10
		batch	0	2.5	12.5	0.25	3.125	
claude-opus-4-7	anthropic	1000000	128000	tools vision thinking	
	2026-04-16	fast=6 us=1.1 regional=1.1 search=10
		standard	0	5	25	0.5	6.25	10
		batch	0	2.5	12.5	0.25	3.125	
claude-opus-4-8	anthropic	1000000	128000	tools vision thinking	
	2026-06-01	fast=2 us=1.1 regional=1.1 search=10
		standard	0	5	25	0.5	6.25	10
		batch	0	2.5	12.5	0.25	3.125	
claude-opus-5	anthropic	1000000	128000	tools vision thinking	
	2026-08-02	fast=2 us=1.1 regional=1.1 search=10
		standard	0	5	25	0.5	6.25	10
		batch	0	2.5	12.5	0.25	3.125	
claude-opus-5-5	anthropic	1000000	128000	tools vision thinking	
	2026-10-24	fast=2 us=1.1 regional=1.1 search=10
		standard	0	4	20	0.2	5	8
		batch	0	2	10	0.1	2.5	
claude-sonnet-4	anthropic			tools vision	2026-10-24
	2025-05-14	
		standard	0	3	15	0.3	3.75	6
		standard	200000	6	22.5			
claude-sonnet-4-5	anthropic	200000	64000	tools vision thinking	2026-11-30
	2025-09-29	regional=1.1 search=10
		standard	0	3	15	0.3	3.75	6
		standard	200000	6	22.5			
		batch	0	1.5	7.5	0.15	1.875	
	2026-10-24	regional=1.1 search=10
		standard	0	3	15	0.3	3.75	6
		batch	0	1.5	7.5	0.15	1.875	
claude-sonnet-4-6	anthropic	1000000	128000	tools vision thinking	
	2026-03-01	us=1.1 regional=1.1 search=10
		standard	0	3	15	0.3	3.75	6
		standard	200000	6	22.5	0.6	7.5	12
		batch	0	1.5	7.5	0.15	1.875	
	2026-03-13	us=1.1 regional=1.1 search=10
		standard	0	3	15	0.3	3.75	6
		batch	0	1.5	7.5	0.15	1.875	
claude-sonnet-5	anthropic	1000000	128000	tools vision thinking	
	2026-07-12	us=1.1 regional=1.1 search=10
		standard	0	2	10	0.2	2.5	4
		batch	0	1	5	0.1	1.25	
claude-sonnet-5-5	anthropic	1000000	128000	tools vision thinking	
	2026-10-24	us=1.1 regional=1.1 search=10
		standard	0	2	10	0.1	2.5	4
		batch	0	1	5	0.05	1.25	
codestral-2508	mistral	128000	128000	tools	
	2026-11-20	
		standard	0	0.3	0.9	0.03		
codestral-latest	mistral	128000	128000	tools	
	2026-11-20	
		standard	0	0.3	0.9	0.03		
codestral-mamba-latest	mistral	256000	256000		
	2026-11-20	
		standard	0	0.25	0.25	0.025		
codex-mini-latest	openai			tools vision	2026-10-24
	2025-08-01	
		standard	0	1.5	6	0.375		
computer-use-preview	openai	8192	1024	tools vision thinking	2026-07-23
	2025-03-11	
		standard	0	3	12			
daybreak-blue-latest	openai	922000	128000	tools vision thinking	
	2026-11-20	
		standard	0	4	20	0.4	5	
		standard	272000	8	30	0.8	10	
daybreak-red-latest	openai	400000	128000	tools vision thinking	
	2026-11-20	
		standard	0	12.5	75	1.25	15.625	
		standard	272000	25	112.5	2.5	31.25	
deep-research-max-preview-04-2026	google	1048576	65536	vision	
	2026-11-20	search=35
		standard	0	2	12			
		batch	0	1	6			
deep-research-preview-04-2026	google	1048576	65536	vision	
	2026-11-20	search=35
		standard	0	2	12			
		batch	0	1	6			
deep-research-pro-preview-12-2025	google	65536	32768	vision	2026-10-23
	2026-11-20	search=35
		standard	0	2	12	0.2		
		batch	0	1	6	0.1		
deepseek-chat	deepseek	131072	8192	tools	2026-07-24
	2026-11-20	
		standard	0	0.28	0.42	0.028		
deepseek-coder	deepseek	128000	4096	tools	
	2026-11-20	
		standard	0	0.14	0.28	0.014		
deepseek-flash	deepseek	1000000	393216	tools vision thinking	
	2026-11-20	
		standard	0	0.3	1.2	0.006		
deepseek-r1	deepseek	65536	8192	tools thinking	
	2026-11-20	
		standard	0	0.55	2.19	0.14		
deepseek-reasoner	deepseek	131072	65536	thinking	2026-07-24
	2026-11-20	
		standard	0	0.28	0.42	0.028		
deepseek-v3	deepseek	65536	8192	tools	
	2026-11-20	
		standard	0	0.27	1.1	0.07		
deepseek-v3.2	deepseek	163840	163840	tools thinking	
	2026-11-20	
		standard	0	0.28	0.4	0.028		
deepseek-v4-flash	deepseek	1000000	393216	tools vision thinking	
	2026-11-20	
		standard	0	0.3	1.2	0.006		
deepseek-v4-flash-vision-exp	deepseek	1000000	393216	tools vision thinking	
	2026-11-20	
		standard	0	0.3	1.2	0.006		
deepseek-v4-pro	deepseek	1000000	393216	tools thinking	
	2026-11-20	
		standard	0	1.32	3.96	0.044		
devstral-latest	mistral	256000	256000	tools thinking	
	2026-11-20	
		standard	0	0.4	2	0.04		
devstral-medium-latest	mistral	256000	256000	tools thinking	
	2026-11-20	
		standard	0	0.4	2	0.04		
devstral-small-latest	mistral	256000	256000	tools thinking	
	2026-11-20	
		standard	0	0.1	0.3	0.01		
gemini-2.0-flash	google			tools vision	2026-10-24
	2025-08-01	
		standard	0	0.1	0.4	0.025		
	2026-10-07	
		standard	0	0.15	0.6	0.025		
gemini-2.0-flash-001	google			tools vision	2026-10-24
	2025-08-01	
		standard	0	0.15	0.6	0.0375		
gemini-2.0-flash-lite	google			tools vision	2026-10-24
	2025-08-01	
		standard	0	0.075	0.3	0.0187		
gemini-2.0-flash-lite-001	google			tools vision	2026-10-24
	2025-08-01	
		standard	0	0.075	0.3	0.0187		
gemini-2.5-computer-use-preview-10-2025	google	128000	64000	tools vision	2026-07-28
	2026-01-01	
		standard	0	1.25	10			
		standard	200000	2.5	15			
gemini-2.5-flash	google	1048576	65535	tools vision thinking	2026-10-20
	2025-08-01	search=35
		standard	0	0.3	2.5	0.075		
		batch	0	0.15	1.25	0.075		
		priority	0	0.54	4.5	0.135		
		flex	0	0.15	1.25	0.075		
	2025-11-01	search=35
		standard	0	0.3	2.5	0.03		
		batch	0	0.15	1.25	0.03		
		priority	0	0.54	4.5	0.054		
		flex	0	0.15	1.25	0.03		
gemini-2.5-flash-lite	google	1048576	65535	tools vision thinking	2026-10-20
	2025-08-01	search=35
		standard	0	0.1	0.4	0.025		
		batch	0	0.05	0.2	0.025		
		priority	0	0.18	0.72	0.045		
		flex	0	0.05	0.2	0.025		
	2026-01-01	search=35
		standard	0	0.1	0.4	0.01		
		batch	0	0.05	0.2	0.01		
		priority	0	0.18	0.72	0.018		
		flex	0	0.05	0.2	0.01		
gemini-2.5-flash-lite-preview-06-17	google			tools vision	2026-10-24
	2025-08-01	
		standard	0	0.1	0.4	0.025		
	2026-09-23	
		standard	0	0.1	0.4	0.01		
gemini-2.5-flash-lite-preview-09-2025	google	1048576	65535	tools vision thinking	
	2025-11-01	search=35
		standard	0	0.1	0.4	0.025		
	2026-01-01	search=35
		standard	0	0.1	0.4	0.01		
gemini-2.5-flash-preview-04-17	google			tools vision	2026-03-01
	2025-08-01	
		standard	0	0.15	0.6	0.0375		
gemini-2.5-flash-preview-05-20	google			tools vision	2026-03-01
	2025-08-01	
		standard	0	0.3	2.5	0.075		
gemini-2.5-flash-preview-09-2025	google	1048576	65535	tools vision thinking	
	2025-11-01	search=35
		standard	0	0.3	2.5	0.075		
	2026-09-23	search=35
		standard	0	0.3	2.5	0.03		
gemini-2.5-pro	google	1048576	65535	tools vision thinking	2026-10-20
	2025-08-01	search=35
		standard	0	1.25	10	0.3125		
		standard	200000	2.5	15			
		batch	0	0.625	5	0.3125		
		batch	200000	1.25	7.5			
		priority	0	2.25	18	0.5625		
		priority	200000	4.5	27			
		flex	0	0.625	5	0.3125		
	2025-11-01	search=35
		standard	0	1.25	10	0.125		
		standard	200000	2.5	15	0.25		
		batch	0	0.625	5	0.125		
		batch	200000	1.25	7.5	0.25		
		priority	0	2.25	18	0.225		
		priority	200000	4.5	27	0.45		
		flex	0	0.625	5	0.125		
gemini-2.5-pro-preview-03-25	google			tools vision	2026-03-01
	2025-08-01	
		standard	0	1.25	10	0.3125		
		standard	200000	2.5	15			
	2026-01-01	
		standard	0	1.25	10	0.125		
		standard	200000	2.5	15			
gemini-2.5-pro-preview-05-06	google			tools vision	2026-03-01
	2025-08-01	
		standard	0	1.25	10	0.3125		
		standard	200000	2.5	15			
	2026-01-01	
		standard	0	1.25	10	0.125		
		standard	200000	2.5	15			
gemini-2.5-pro-preview-06-05	google			tools vision	2026-03-01
	2025-08-01	
		standard	0	1.25	10	0.3125		
		standard	200000	2.5	15			
	2026-01-01	
		standard	0	1.25	10	0.125		
		standard	200000	2.5	15			
gemini-2.5-pro-preview-tts	google	1048576	65535	tools vision	2026-11-17
	2025-08-01	search=35
		standard	0	1.25	10	0.3125		
		standard	200000	2.5	15			
		batch	0	0.625	5			
	2026-01-01	search=35
		standard	0	1.25	10	0.125		
		standard	200000	2.5	15			
		batch	0	0.625	5			
	2026-09-23	search=35
		standard	0	1	20	0.125		
		batch	0	0.5	10			
gemini-3-flash-preview	google	1048576	65535	tools vision thinking	
	2025-12-01	search=14
		standard	0	0.5	3	0.05		
		batch	0	0.25	1.5	0.05		
		priority	0	0.9	5.4	0.09		
		flex	0	0.25	1.5	0.05		
gemini-3-pro-preview	google			tools vision	2026-10-24
	2025-12-01	
		standard	0	2	12	0.2		
		standard	200000	4	18			
gemini-3.1-flash-lite	google	1048576	65536	tools vision thinking	2027-05-07
	2026-06-01	search=14
		standard	0	0.25	1.5	0.025		
		batch	0	0.125	0.75	0.0125		
		priority	0	0.45	2.7	0.045		
		flex	0	0.125	0.75	0.0125		
gemini-3.1-flash-lite-preview	google	1048576	65536	tools vision thinking	2026-05-25
	2026-03-01	search=14
		standard	0	0.25	1.5	0.025		
		batch	0	0.125	0.75	0.0125		
		priority	0	0.45	2.7	0.045		
		flex	0	0.125	0.75	0.0125		
gemini-3.1-pro-preview	google	1048576	65536	tools vision thinking	
	2026-03-01	search=14
		standard	0	2	12	0.2		
		standard	200000	4	18	0.4		
		batch	0	1	6	0.2		
		batch	200000	2	9	0.4		
		priority	0	3.6	21.6	0.36		
		priority	200000	7.2	32.4	0.72		
		flex	0	1	6	0.2		
gemini-3.1-pro-preview-customtools	google	1048576	65536	tools vision thinking	
	2026-03-01	search=14
		standard	0	2	12	0.2		
		standard	200000	4	18	0.4		
		batch	0	1	6	0.2		
		batch	200000	2	9	0.4		
		priority	0	3.6	21.6	0.36		
		priority	200000	7.2	32.4	0.72		
		flex	0	1	6	0.2		
gemini-3.5-flash	google	1048576	65535	tools vision thinking	2027-05-19
	2026-05-01	search=14
		standard	0	1.5	9	0.15		
		batch	0	0.75	4.5	0.075		
		priority	0	2.7	16.2	0.27		
		flex	0	0.75	4.5	0.075		
gemini-3.5-flash-lite	google	1048576	65536	tools vision thinking	2027-07-21
	2026-08-02	search=14
		standard	0	0.3	2.5	0.03		
		batch	0	0.15	1.25	0.015		
		priority	0	0.54	4.5	0.054		
		flex	0	0.15	1.25	0.015		
gemini-3.6-flash	google	1048576	65536	tools vision thinking	2026-11-19
	2026-08-02	search=14
		standard	0	1.5	7.5	0.15		
		batch	0	0.75	3.75	0.075		
		priority	0	2.7	13.5	0.27		
		flex	0	0.75	3.75	0.075		
	2026-09-23	search=14
		standard	0	0.75	3.75	0.075		
		batch	0	0.375	1.875	0.0375		
		priority	0	1.35	6.75	0.135		
		flex	0	0.375	1.875	0.0375		
	2027-01-01	search=14
		standard	0	1.5	7.5	0.15		
		batch	0	0.75	3.75	0.075		
		priority	0	2.7	13.5	0.27		
		flex	0	0.75	3.75	0.075		
gemini-3.7-flash	google	1048576	65536	tools vision thinking	2027-01-28
	2026-08-22	search=14
		standard	0	0.75	3.75	0.075		
		batch	0	0.375	1.875	0.0375		
		priority	0	1.35	6.75	0.135		
		flex	0	0.375	1.875	0.0375		
	2027-01-01	search=14
		standard	0	1.5	7.5	0.15		
		batch	0	0.75	3.75	0.075		
		priority	0	2.7	13.5	0.27		
		flex	0	0.75	3.75	0.075		
gemini-3.8-flash	google	1048576	65536	tools vision thinking	
	2026-10-07	search=14
		standard	0	0.75	3.75	0.075		
		batch	0	0.375	1.875	0.0375		
		priority	0	1.35	6.75	0.135		
		flex	0	0.375	1.875	0.0375		
	2027-01-01	search=14
		standard	0	1.5	7.5	0.15		
		batch	0	0.75	3.75	0.075		
		priority	0	2.7	13.5	0.27		
		flex	0	0.75	3.75	0.075		
gemini-3.8-flash-cyber	google	1048576	65536	vision thinking	
	2026-10-24	
		standard	0	1.5	7.5	0.15		
		batch	0	0.75	3.75	0.075		
		priority	0	2.7	13.5	0.27		
		flex	0	0.75	3.75	0.075		
gemini-4-argon	google	1048576	1048576	tools vision thinking	
	2026-11-20	search=14
		standard	0	2	10	0.1		
		batch	0	1	5	0.05		
		priority	0	3.6	18	0.18		
		flex	0	1	5	0.05		
	2026-12-01	search=14
		standard	0	4	20	0.2		
		batch	0	2	10	0.1		
		priority	0	7.2	36	0.36		
		flex	0	2	10	0.1		
gemini-exp-1206	google	1048576	65535	tools vision thinking	
	2026-11-20	search=35
		standard	0	0.3	2.5	0.03		
gemini-flash-latest	google	1048576	65536	tools vision thinking	
	2026-11-20	search=14
		standard	0	0.75	3.75	0.075		
		batch	0	0.375	1.875			
		priority	0	1.35	6.75	0.135		
		flex	0	0.375	1.875	0.0375		
gemini-flash-lite-latest	google	1048576	65536	tools vision thinking	
	2026-11-20	search=14
		standard	0	0.3	2.5	0.03		
		batch	0	0.15	1.25			
		priority	0	0.54	4.5	0.05		
		flex	0	0.15	1.25	0.02		
gemini-gemma-2-27b-it	google	8192	8192	tools vision	
	2026-11-20	
		standard	0	0.35	1.05			
gemini-gemma-2-9b-it	google	8192	8192	tools vision	
	2026-11-20	
		standard	0	0.35	1.05			
gemini-omni-1.1-flash	google	1048576	65536	vision thinking	
	2026-11-20	
		standard	0	1.5	9			
gemini-omni-flash-preview	google	1048576	65535	vision thinking	2026-10-22
	2026-11-20	
		standard	0	1.5	9			
gemini-pro-latest	google	1048576	65536	tools vision thinking	
	2026-11-20	search=14
		standard	0	2	12	0.2		
		standard	200000	4	18	0.4		
		batch	0	1	6			
		priority	0	3.6	21.6	0.36		
		priority	200000	7.2	32.4	0.72		
		flex	0	1	6	0.2		
gemini-robotics-er-1.5-preview	google	1048576	65535	tools vision thinking	
	2026-11-20	
		standard	0	0.3	2.5	0		
gemini-robotics-er-2-preview	google	131072	65536	tools vision thinking	
	2026-11-20	search=14
		standard	0	1	5	0.1		
		batch	0	0.5	2.5	0.05		
	2027-01-01	search=14
		standard	0	2	10	0.2		
		batch	0	1	5	0.1		
gemini-robotics-er-2-streaming-preview	google	131072	65536	tools vision thinking	
	2026-11-20	search=14
		standard	0	1	5			
	2027-01-01	search=14
		standard	0	2	10			
glm-4-32b-0414-128k	zai	128000	32000	tools	
	2026-11-20	
		standard	0	0.1	0.1			
glm-4.5	zai	128000	32000	tools	
	2026-11-20	
		standard	0	0.6	2.2			
glm-4.5-air	zai	128000	32000	tools	
	2026-11-20	
		standard	0	0.2	1.1			
glm-4.5-airx	zai	128000	32000	tools	
	2026-11-20	
		standard	0	1.1	4.5			
glm-4.5-x	zai	128000	32000	tools	
	2026-11-20	
		standard	0	2.2	8.9			
glm-4.5v	zai	128000	32000	tools vision	
	2026-11-20	
		standard	0	0.6	1.8			
glm-4.6	zai	200000	128000	tools thinking	
	2026-11-20	
		standard	0	0.6	2.2	0.11		
glm-4.7	zai	200000	128000	tools thinking	
	2026-11-20	
		standard	0	0.6	2.2	0.11		
glm-5	zai	200000	128000	tools thinking	
	2026-11-20	
		standard	0	1	3.2	0.2		
glm-5-code	zai	200000	128000	tools thinking	
	2026-11-20	
		standard	0	1.2	5	0.3		
glm-5.1	zai	200000	128000	tools thinking	
	2026-11-20	
		standard	0	1.4	4.4	0.26		
glm-5.2	zai	1000000	128000	tools thinking	
	2026-11-20	
		standard	0	1.4	4.4	0.26		
glm-5.3	zai	1000000	128000	tools thinking	
	2026-11-20	
		standard	0	1.4	4.4	0.26		
glm-5.3-flash	zai	1048576	128000	tools vision thinking	
	2026-11-20	
		standard	0	0.15	0.5	0.03		
glm-5v-turbo	zai	200000	128000	tools vision thinking	
	2026-11-20	
		standard	0	1.2	4	0.24		
gpt-3.5-turbo	openai	16385	4096	tools	2026-10-23
	2026-11-20	
		standard	0	0.5	1.5			
gpt-3.5-turbo-0125	openai	16385	4096	tools	2026-10-23
	2026-11-20	
		standard	0	0.5	1.5			
		batch	0	0.25	0.75			
gpt-3.5-turbo-1106	openai	16385	4096	tools	2026-09-28
	2026-11-20	
		standard	0	1	2			
		batch	0	1	2			
gpt-3.5-turbo-16k	openai	16385	4096		2026-10-23
	2026-11-20	
		standard	0	3	4			
gpt-4	openai	8192	4096	tools	2026-10-23
	2025-08-01	
		standard	0	30	60			
gpt-4-0125-preview	openai			tools vision	2026-10-24
	2025-08-01	
		standard	0	10	30			
gpt-4-0314	openai			tools vision	2026-10-24
	2025-08-01	
		standard	0	30	60			
gpt-4-0613	openai	8192	4096	tools	2026-10-23
	2025-08-01	
		standard	0	30	60			
		batch	0	15	30			
gpt-4-1106-preview	openai	128000	4096	tools	2026-10-23
	2025-08-01	
		standard	0	10	30			
gpt-4-32k	openai			tools vision	2026-03-01
	2025-08-01	
		standard	0	60	120			
gpt-4-32k-0314	openai			tools vision	2026-03-01
	2025-08-01	
		standard	0	60	120			
gpt-4-32k-0613	openai			tools vision	2026-03-01
	2025-08-01	
		standard	0	60	120			
gpt-4-turbo	openai	128000	4096	tools vision	2026-10-23
	2024-04-09	
		standard	0	10	30			
gpt-4-turbo-2024-04-09	openai	128000	4096	tools vision	2026-10-23
	2024-04-09	
		standard	0	10	30			
		batch	0	5	15			
gpt-4-turbo-preview	openai			tools vision	2026-10-24
	2025-08-01	
		standard	0	10	30			
gpt-4.1	openai	1047576	32768	tools vision	
	2025-04-14	search=25
		standard	0	2	8	0.5		
		batch	0	1	4			
		priority	0	3.5	14	0.875		
gpt-4.1-mini	openai	1047576	32768	tools vision	
	2025-04-14	search=25
		standard	0	0.4	1.6	0.1		
		batch	0	0.2	0.8			
		priority	0	0.7	2.8	0.175		
gpt-4.1-nano	openai	1047576	32768	tools vision	2026-10-23
	2025-04-14	
		standard	0	0.1	0.4	0.025		
		batch	0	0.05	0.2			
		priority	0	0.2	0.8	0.05		
gpt-4.5-preview	openai			tools vision	2026-03-01
	2025-02-27	
		standard	0	75	150	37.5		
gpt-4o	openai	128000	16384	tools vision	
	2024-05-13	
		standard	0	2.5	10	1.25		
		batch	0	1.25	5			
		priority	0	4.25	17	2.125		
gpt-4o-2024-05-13	openai	128000	4096	tools vision	2026-10-23
	2024-05-13	
		standard	0	5	15			
		batch	0	2.5	7.5			
		priority	0	8.75	26.25			
gpt-4o-audio-preview-2024-12-17	openai	128000	16384	tools	2027-01-20
	2024-12-17	
		standard	0	2.5	10			
gpt-4o-audio-preview-2025-06-03	openai	128000	16384	tools	2027-01-20
	2025-06-03	
		standard	0	2.5	10			
gpt-4o-mini	openai	128000	16384	tools vision	
	2024-07-18	search=25
		standard	0	0.15	0.6	0.075		
		batch	0	0.075	0.3			
		priority	0	0.25	1	0.125		
gpt-4o-mini-audio-preview-2024-12-17	openai	128000	16384	tools	2027-01-20
	2024-12-17	
		standard	0	0.15	0.6			
gpt-4o-mini-search-preview	openai	128000	16384	tools vision	
	2025-03-11	search=25
		standard	0	0.15	0.6	0.075		
		batch	0	0.075	0.3			
gpt-4o-search-preview	openai	128000	16384	tools vision	
	2025-03-11	search=25
		standard	0	2.5	10	1.25		
		batch	0	1.25	5			
gpt-5	openai	272000	128000	tools vision thinking	2026-12-11
	2025-08-01	search=10
		standard	0	1.25	10	0.125		
		batch	0	0.625	5	0.0625		
		priority	0	2.5	20	0.25		
		flex	0	0.625	5	0.0625		
gpt-5-chat	openai	128000	16384	vision thinking	2026-07-23
	2025-08-01	
		standard	0	1.25	10	0.125		
gpt-5-codex	openai	272000	128000	tools vision thinking	2026-07-23
	2025-11-01	
		standard	0	1.25	10	0.125		
gpt-5-mini	openai	272000	128000	tools vision thinking	2026-12-11
	2025-08-01	search=10
		standard	0	0.25	2	0.025		
		batch	0	0.125	1	0.0125		
		priority	0	0.45	3.6	0.045		
		flex	0	0.125	1	0.0125		
gpt-5-nano	openai	272000	128000	tools vision thinking	2026-12-11
	2025-08-01	search=10
		standard	0	0.05	0.4	0.005		
		batch	0	0.025	0.2	0.0025		
		flex	0	0.025	0.2	0.0025		
gpt-5-pro	openai	400000	272000	tools vision thinking	2026-12-11
	2025-10-06	search=10
		standard	0	15	120			
		batch	0	7.5	60			
gpt-5-search-api	openai	272000	128000	tools vision	
	2025-10-14	search=10
		standard	0	1.25	10	0.125		
gpt-5.1	openai	272000	128000	tools vision thinking	2027-04-01
	2025-11-13	search=10
		standard	0	1.25	10	0.125		
		batch	0	0.625	5	0.0625		
		priority	0	2.5	20	0.25		
		flex	0	0.625	5	0.0625		
gpt-5.1-chat-latest	openai	128000	16384	tools vision thinking	2026-07-23
	2025-12-01	
		standard	0	1.25	10	0.125		
gpt-5.1-codex	openai	400000	128000	tools vision thinking	2026-07-23
	2025-12-01	
		standard	0	1.25	10	0.125		
gpt-5.1-codex-max	openai	400000	128000	tools vision thinking	2026-07-23
	2025-12-01	
		standard	0	1.25	10	0.125		
gpt-5.1-codex-mini	openai	400000	128000	tools vision thinking	2026-07-23
	2025-12-01	
		standard	0	0.25	2	0.025		
gpt-5.2	openai	272000	128000	tools vision thinking	
	2025-12-01	search=10
		standard	0	1.75	14	0.175		
		batch	0	0.875	7	0.0875		
		priority	0	3.5	28	0.35		
		flex	0	0.875	7	0.0875		
gpt-5.2-chat-latest	openai	128000	16384	tools vision thinking	2026-08-10
	2025-12-01	
		standard	0	1.75	14	0.175		
gpt-5.2-codex	openai	272000	128000	tools vision thinking	2026-07-23
	2026-01-01	
		standard	0	1.75	14	0.175		
gpt-5.2-pro	openai	272000	128000	tools vision thinking	
	2025-12-01	search=10
		standard	0	21	168			
		batch	0	10.5	84			
gpt-5.3-chat-latest	openai	128000	16384	tools vision thinking	2026-08-10
	2026-03-01	
		standard	0	1.75	14	0.175		
gpt-5.3-codex	openai	272000	128000	tools vision thinking	2027-04-01
	2026-03-01	search=10
		standard	0	1.75	14	0.175		
		priority	0	3.5	28	0.35		
gpt-5.4	openai	1050000	128000	tools vision thinking	
	2026-03-01	
		standard	0	2.5	15	0.25		
		standard	272000	5	22.5	0.5		
		batch	0	1.25	7.5	0.13		
		batch	272000	2.5	11.25	0.25		
		priority	0	5	30	0.5		
		flex	0	1.25	7.5	0.13		
		flex	272000	2.5	11.25	0.25		
gpt-5.4-mini	openai	272000	128000	tools vision thinking	
	2026-03-17	search=10
		standard	0	0.75	4.5	0.075		
		batch	0	0.375	2.25	0.0375		
		priority	0	1.5	9	0.15		
		flex	0	0.375	2.25	0.0375		
gpt-5.4-nano	openai	272000	128000	tools vision thinking	2027-04-01
	2026-03-17	search=10
		standard	0	0.2	1.25	0.02		
		batch	0	0.1	0.625	0.01		
		flex	0	0.1	0.625	0.01		
gpt-5.4-pro	openai	1050000	128000	tools vision thinking	
	2026-03-01	search=10
		standard	0	30	180	3		
		standard	272000	60	270			
		batch	0	15	90			
		batch	272000	30	135			
		flex	0	15	90			
		flex	272000	30	135			
	2026-10-07	search=10
		standard	0	30	180			
		standard	272000	60	270			
		batch	0	15	90			
		batch	272000	30	135			
		flex	0	15	90			
		flex	272000	30	135			
gpt-5.5	openai	1050000	128000	tools vision thinking	
	2026-04-23	search=10
		standard	0	5	30	0.5		
		standard	272000	10	45	1		
		batch	0	2.5	15	0.25		
		batch	272000	5	22.5	0.5		
		priority	0	12.5	75	1.25		
		flex	0	2.5	15	0.25		
		flex	272000	5	22.5	0.5		
gpt-5.5-cyber	openai			thinking	
	2026-10-07	
		standard	0	12.5	75	1.25		
gpt-5.5-cyber-preview	openai			thinking	
	2026-10-24	
		standard	0	12.5	75	1.25		
gpt-5.5-pro	openai	1050000	128000	tools vision thinking	
	2026-04-23	search=10
		standard	0	30	180	3		
		standard	272000	60	270			
		batch	0	15	90			
		batch	272000	30	135			
		flex	0	15	90			
	2026-10-07	search=10
		standard	0	30	180			
		standard	272000	60	270			
		batch	0	15	90			
		batch	272000	30	135			
		flex	0	15	90			
gpt-5.6	openai	922000	128000	tools vision thinking	
	2026-08-02	search=10
		standard	0	5	30	0.5	6.25	12.5
		standard	272000	10	45	1	12.5	25
		batch	0	2.5	15	0.25	3.125	
		batch	272000	5	22.5	0.5	6.25	
		priority	0	10	60	1	12.5	
		priority	272000	20	90	2	25	
		flex	0	2.5	15	0.25	3.125	
		flex	272000	5	22.5	0.5	6.25	
	2026-08-21	search=10
		standard	0	4	20	0.4	5	10
		standard	272000	8	30	0.8	10	20
		batch	0	2	10	0.2	2.5	
		batch	272000	4	15	0.4	5	
		priority	0	8	40	0.8	10	20
		priority	272000	16	60	1.6	20	40
		flex	0	2	10	0.2	2.5	5
		flex	272000	4	15	0.4	5	10
gpt-5.6-cyber	openai	400000	128000	tools vision thinking	
	2026-09-23	
		standard	0	12.5	75	1.25	15.625	31.25
		standard	272000	25	112.5	2.5	31.25	
gpt-5.6-luna	openai	922000	128000	tools vision thinking	
	2026-07-29	search=10
		standard	0	1	6	0.1	1.25	2.5
		standard	272000	2	9	0.2	2.5	5
		batch	0	0.5	3	0.05	0.625	
		batch	272000	1	4.5	0.1	1.25	
		priority	0	2	12	0.2	2.5	
		priority	272000	4	18	0.4	5	
		flex	0	0.5	3	0.05	0.625	
		flex	272000	1	4.5	0.1	1.25	
	2026-07-30	search=10
		standard	0	0.2	1.2	0.02	0.25	0.5
		standard	272000	0.4	1.8	0.04	0.5	1
		batch	0	0.1	0.6	0.01	0.125	0.25
		batch	272000	0.2	0.9	0.02	0.25	0.5
		priority	0	0.4	2.4	0.04	0.5	1
		priority	272000	0.8	3.6	0.08	1	2
		flex	0	0.1	0.6	0.01	0.125	0.25
		flex	272000	0.2	0.9	0.02	0.25	0.5
gpt-5.6-sol	openai	922000	128000	tools vision thinking	
	2026-08-02	search=10
		standard	0	5	30	0.5	6.25	12.5
		standard	272000	10	45	1	12.5	25
		batch	0	2.5	15	0.25	3.125	
		batch	272000	5	22.5	0.5	6.25	
		priority	0	10	60	1	12.5	
		priority	272000	20	90	2	25	
		flex	0	2.5	15	0.25	3.125	
		flex	272000	5	22.5	0.5	6.25	
	2026-08-21	search=10
		standard	0	4	20	0.4	5	10
		standard	272000	8	30	0.8	10	20
		batch	0	2	10	0.2	2.5	5
		batch	272000	4	15	0.4	5	10
		priority	0	8	40	0.8	10	20
		priority	272000	16	60	1.6	20	40
		flex	0	2	10	0.2	2.5	5
		flex	272000	4	15	0.4	5	10
gpt-5.6-terra	openai	922000	128000	tools vision thinking	
	2026-07-29	search=10
		standard	0	2.5	15	0.25	3.125	6.25
		standard	272000	5	22.5	0.5	6.25	12.5
		batch	0	1.25	7.5	0.125	1.5625	
		batch	272000	2.5	11.25	0.25	3.125	
		priority	0	5	30	0.5	6.25	
		priority	272000	10	45	1	12.5	
		flex	0	1.25	7.5	0.125	1.5625	
		flex	272000	2.5	11.25	0.25	3.125	
	2026-07-30	search=10
		standard	0	2	12	0.2	2.5	5
		standard	272000	4	18	0.4	5	10
		batch	0	1	6	0.1	1.25	2.5
		batch	272000	2	9	0.2	2.5	5
		priority	0	4	24	0.4	5	10
		priority	272000	8	36	0.8	10	20
		flex	0	1	6	0.1	1.25	2.5
		flex	272000	2	9	0.2	2.5	5
gpt-6-astra	openai	922000	128000	tools vision thinking	
	2026-10-07	search=10
		standard	0	10	50	1	12.5	25
		standard	272000	20	75	2	25	50
		batch	0	5	25	0.5	6.25	12.5
		batch	272000	10	37.5	1	12.5	25
		priority	0	20	100	2	25	50
		priority	272000	40	150	4	50	100
		flex	0	5	25	0.5	6.25	12.5
		flex	272000	10	37.5	1	12.5	25
gpt-6-astra-law	openai	922000	128000	tools vision thinking	
	2026-11-20	search=10
		standard	0	10	50	1		
gpt-6-luna	openai	922000	128000	tools vision thinking	
	2026-10-24	search=10
		standard	0	0.1	0.5	0.01	0.125	0.25
		standard	272000	0.2	0.75	0.02	0.25	0.5
		batch	0	0.05	0.25	0.005	0.0625	0.125
		batch	272000	0.1	0.375	0.01	0.125	0.25
		priority	0	0.2	1	0.02	0.25	0.5
		priority	272000	0.4	1.5	0.04	0.5	1
		flex	0	0.05	0.25	0.005	0.0625	0.125
		flex	272000	0.1	0.375	0.01	0.125	0.25
gpt-6-rosalind	openai	922000	128000	tools vision thinking	
	2026-11-20	
		standard	0	15	75	1.5	18.75	37.5
		standard	272000	30	112.5	3	37.5	75
gpt-6-sol	openai	922000	128000	tools vision thinking	
	2026-10-24	search=10
		standard	0	2	10	0.2	2.5	5
		standard	272000	4	15	0.4	5	10
		batch	0	1	5	0.1	1.25	2.5
		batch	272000	2	7.5	0.2	2.5	5
		priority	0	4	20	0.4	5	10
		priority	272000	8	30	0.8	10	20
		flex	0	1	5	0.1	1.25	2.5
		flex	272000	2	7.5	0.2	2.5	5
gpt-6.1-sol	openai	922000	128000	tools vision thinking	
	2026-10-24	search=10
		standard	0	2	10	0.1	2.5	5
		standard	272000	4	15	0.2	5	10
		batch	0	1	5	0.05	1.25	2.5
		batch	272000	2	7.5	0.1	2.5	5
		priority	0	4	20	0.2	5	10
		priority	272000	8	30	0.4	10	20
		flex	0	1	5	0.05	1.25	2.5
		flex	272000	2	7.5	0.1	2.5	5
gpt-6.1-terra	openai	922000	128000	tools vision thinking	
	2026-11-20	search=10
		standard	0	1	5	0.05	1.25	2.5
		standard	272000	2	7.5	0.1	2.5	5
		batch	0	0.5	2.5	0.025	0.625	1.25
		batch	272000	1	3.75	0.05	1.25	2.5
		priority	0	2	10	0.1	2.5	5
		priority	272000	4	15	0.2	5	10
		flex	0	0.5	2.5	0.025	0.625	1.25
		flex	272000	1	3.75	0.05	1.25	2.5
gpt-audio	openai	128000	16384	tools	2027-01-20
	2025-08-28	
		standard	0	2.5	10			
gpt-audio-1.5	openai	128000	16384	tools	
	2026-11-20	
		standard	0	2.5	10			
gpt-audio-mini	openai	128000	16384	tools	2027-01-20
	2025-10-06	
		standard	0	0.6	2.4			
gpt-daybreak-blue-latest	openai	922000	128000	tools vision thinking	
	2026-11-20	
		standard	0	4	20	0.4	5	
		standard	272000	8	30	0.8	10	
gpt-daybreak-red-latest	openai	400000	128000	tools vision thinking	
	2026-11-20	
		standard	0	12.5	75	1.25	15.625	
		standard	272000	25	112.5	2.5	31.25	
gpt-rosalind-discovery	openai				
	2026-11-20	
		standard	0	5	25	0.5		
gpt-rosalind-research	openai				
	2026-11-20	
		standard	0	5	25	0.5		
grok-4.20	xai	1000000	1000000	tools vision thinking	
	2026-04-29	
		standard	0	2	6	0.2		
		standard	200000	4	12	0.4		
		batch	0	1.6	4.8	0.16		
		batch	200000	3.2	9.6	0.32		
	2026-04-30	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.20-0309	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.20-0309-non-reasoning	xai	1000000	1000000	tools vision	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.20-0309-reasoning	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.20-beta	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-beta-0309	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-beta-0309-non-reasoning	xai	1000000	1000000	tools vision	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-beta-0309-reasoning	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-beta-latest-non-reasoning	xai	1000000	1000000	tools vision	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-beta-latest-reasoning	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-beta-non-reasoning	xai	1000000	1000000	tools vision	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-beta-reasoning	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-experimental-beta-0304	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-experimental-beta-0304-non-reasoning	xai	1000000	1000000	tools vision	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-experimental-beta-0304-reasoning	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-experimental-beta-latest	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-experimental-beta-non-reasoning-latest	xai	1000000	1000000	tools vision	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-experimental-beta-reasoning-latest	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-multi-agent	xai	1000000	1000000	vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.20-multi-agent-0309	xai	1000000	1000000	vision thinking	
	2026-04-29	
		standard	0	2	6	0.2		
		standard	200000	4	12	0.4		
		batch	0	1.6	4.8	0.16		
		batch	200000	3.2	9.6	0.32		
	2026-04-30	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.20-multi-agent-beta-0309	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-multi-agent-beta-latest	xai	1000000	1000000	vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-multi-agent-experimental-beta-0304	xai	1000000	1000000	vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-multi-agent-experimental-beta-latest	xai	1000000	1000000	vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-non-reasoning	xai	1000000	1000000	tools vision	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.20-non-reasoning-gv2	xai	1000000	1000000	tools vision	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.20-reasoning	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.20-reasoning-gv2	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
grok-4.3	xai	1000000	1000000	tools vision thinking	
	2026-11-20	
		standard	0	1.25	2.5	0.2		
		standard	200000	2.5	5	0.4		
		batch	0	1	2	0.16		
		batch	200000	2	4	0.32		
grok-4.5	xai	500000	500000	tools vision thinking	
	2026-11-20	
		standard	0	2	6	0.3		
		standard	200000	4	12	0.6		
grok-4.6	xai	500000	500000	tools vision thinking	
	2026-11-20	
		standard	0	2	6	0.5		
		standard	200000	4	12	1		
grok-4.7	xai	500000	500000	tools vision thinking	
	2026-11-20	
		standard	0	2	6	0.5		
		standard	200000	4	12	1		
		batch	0	1.6	4.8	0.4		
		batch	200000	3.2	9.6	0.8		
grok-build-0.1	xai	256000	256000	tools vision thinking	
	2026-11-20	
		standard	0	1	2	0.2		
		standard	200000	2	4	0.4		
grok-build-latest	xai	500000	500000	tools vision thinking	
	2026-11-20	
		standard	0	2	6	0.3		
		standard	200000	4	12	0.6		
grok-code-fast	xai	256000	256000	tools vision thinking	
	2026-11-20	
		standard	0	1	2	0.2		
		standard	200000	2	4	0.4		
grok-code-fast-1	xai	256000	256000	tools vision thinking	2026-05-15
	2026-11-20	
		standard	0	1	2	0.2		
		standard	200000	2	4	0.4		
grok-code-fast-1-0825	xai	256000	256000	tools vision thinking	
	2026-11-20	
		standard	0	1	2	0.2		
		standard	200000	2	4	0.4		
groq/llama-guard-3-8b	groq	8192	8192		2025-06-06
	2026-11-20	
		standard	0	0.2	0.2			
groq/meta-llama/llama-prompt-guard-2-22m	groq	512	512		
	2026-11-20	
		standard	0	0.03	0.03			
groq/meta-llama/llama-prompt-guard-2-86m	groq	512	512		
	2026-11-20	
		standard	0	0.04	0.04			
groq/openai/gpt-oss-120b	groq	131072	65536	tools thinking	
	2026-11-20	search=5
		standard	0	0.15	0.6	0.075		
groq/openai/gpt-oss-20b	groq	131072	65536	tools thinking	
	2026-11-20	search=5
		standard	0	0.075	0.3	0.0375		
groq/openai/gpt-oss-safeguard-20b	groq	131072	65536	tools thinking	
	2026-11-20	search=5
		standard	0	0.075	0.3	0.037		
groq/qwen/qwen3.8-27b	groq	131072	16384	tools vision thinking	
	2026-11-20	
		standard	0	0.8	4			
kimi-k2.5	moonshot	262144	262144	tools vision thinking	2026-08-31
	2026-11-20	
		standard	0	0.6	3	0.1		
kimi-k2.6	moonshot	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	0.95	4	0.16		
kimi-k2.7-code	moonshot	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	0.95	4	0.19		
kimi-k3	moonshot	1048576	1048576	tools vision thinking	
	2026-11-20	
		standard	0	3	15	0.3	3	6
kimi-k3.1-pro	moonshot	1048576	1048576	tools vision thinking	
	2026-11-20	
		standard	0	2	10	0.2	2	4
magistral-medium-latest	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	1.5	7.5	0.15		
magistral-small-latest	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	0.15	0.6	0.015		
mimo-v2.6-flash	xiaomi	1048576	131072	tools vision thinking	
	2026-11-20	
		standard	0	0.14	0.28	0.0028		
mimo-v2.6-pro	xiaomi	1048576	131072	tools vision thinking	
	2026-11-20	
		standard	0	0.435	0.87	0.0036		
minimax-m2	minimax	200000	8192	tools thinking	
	2026-11-20	
		standard	0	0.3	1.2	0.03	0.375	
minimax-m2.1	minimax	1000000	8192	tools thinking	
	2026-11-20	
		standard	0	0.3	1.2	0.03	0.375	
minimax-m2.1-lightning	minimax	1000000	8192	tools thinking	
	2026-11-20	
		standard	0	0.3	2.4	0.03	0.375	
minimax-m2.5	minimax	1000000	8192	tools thinking	
	2026-11-20	
		standard	0	0.3	1.2	0.03	0.375	
minimax-m2.5-lightning	minimax	1000000	8192	tools thinking	
	2026-11-20	
		standard	0	0.3	2.4	0.03	0.375	
minimax-m3	minimax	1000000	128000	tools vision thinking	
	2026-11-20	
		standard	0	0.3	1.2	0.06		
		standard	512000	0.6	2.4	0.12		
ministral-14b-2512	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.2	0.2	0.02		
ministral-14b-latest	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.2	0.2	0.02		
ministral-3-14b-2512	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.2	0.2	0.02		
ministral-3-3b-2512	mistral	131072	131072	tools vision	
	2026-11-20	
		standard	0	0.1	0.1	0.01		
ministral-3-8b-2512	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.15	0.15	0.015		
ministral-3b-2512	mistral	131072	131072	tools vision	
	2026-11-20	
		standard	0	0.1	0.1	0.01		
ministral-3b-latest	mistral	131072	131072	tools vision	
	2026-11-20	
		standard	0	0.1	0.1	0.01		
ministral-8b-2512	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.15	0.15	0.015		
ministral-8b-latest	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.15	0.15	0.015		
mistral-code-agent-latest	mistral	256000	256000	tools thinking	
	2026-11-20	
		standard	0	0.4	2	0.04		
mistral-code-fim-latest	mistral	128000	128000	tools	
	2026-11-20	
		standard	0	0.3	0.9	0.03		
mistral-code-latest	mistral	128000	128000	tools	
	2026-11-20	
		standard	0	0.3	0.9	0.03		
mistral-large-2512	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.5	1.5	0.05		
mistral-large-3	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.5	1.5	0.05		
mistral-large-4	mistral	1048576	1048576	tools vision thinking	
	2026-11-20	
		standard	0	1.36	4.18	0.14		
mistral-large-4-0	mistral	1048576	1048576	tools vision thinking	
	2026-11-20	
		standard	0	1.36	4.18	0.14		
mistral-large-latest	mistral	262144	262144	tools vision	
	2026-11-20	
		standard	0	0.5	1.5	0.05		
mistral-medium	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	1.5	7.5	0.15		
mistral-medium-2604	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	1.5	7.5	0.15		
mistral-medium-3	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	1.5	7.5	0.15		
mistral-medium-3-5	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	1.5	7.5	0.15		
mistral-medium-3.5	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	1.5	7.5	0.15		
mistral-small	mistral	32000	8191	tools thinking	
	2026-11-20	
		standard	0	0.1	0.3	0.01		
mistral-small-2603	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	0.15	0.6	0.015		
mistral-small-latest	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	0.15	0.6	0.015		
mistral-tiny	mistral	32000	8191		
	2026-11-20	
		standard	0	0.25	0.25	0.025		
mistral-vibe-cli-fast	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	0.15	0.6	0.015		
mistral-vibe-cli-latest	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	1.5	7.5	0.15		
mistral-vibe-cli-with-tools	mistral	262144	262144	tools vision thinking	
	2026-11-20	
		standard	0	1.5	7.5	0.15		
moonshot-v1-128k	moonshot	131072	131072	tools	2026-08-31
	2026-11-20	
		standard	0	2	5			
moonshot-v1-128k-vision-preview	moonshot	131072	131072	tools vision	2026-08-31
	2026-11-20	
		standard	0	2	5			
moonshot-v1-32k	moonshot	32768	32768	tools	2026-08-31
	2026-11-20	
		standard	0	1	3			
moonshot-v1-32k-vision-preview	moonshot	32768	32768	tools vision	2026-08-31
	2026-11-20	
		standard	0	1	3			
moonshot-v1-8k	moonshot	8192	8192	tools	2026-08-31
	2026-11-20	
		standard	0	0.2	2			
moonshot-v1-8k-vision-preview	moonshot	8192	8192	tools vision	2026-08-31
	2026-11-20	
		standard	0	0.2	2			
moonshot-v1-auto	moonshot	131072	131072	tools	2026-08-31
	2026-11-20	
		standard	0	2	5			
muse-spark-1.1	meta	1048576	131072	tools vision thinking	
	2026-11-20	search=2.5
		standard	0	1.25	4.25	0.15		
muse-spark-1.2	meta	1048576	131072	tools vision thinking	
	2026-11-20	search=2.5
		standard	0	1.25	4.25	0.15		
muse-spark-1.2-contributor	meta	1048576	131072	tools vision thinking	
	2026-11-20	search=2.5
		standard	0	0.1	0.2	0.002		
muse-spark-1.3	meta	1048576	131072	tools vision thinking	
	2026-11-20	search=2.5
		standard	0	1.25	4.25	0.15		
muse-spark-1.3-contributor	meta	1048576	131072	tools vision thinking	
	2026-11-20	search=2.5
		standard	0	0.1	0.2	0.002		
muse-wonder-1.0	meta	1048576	131072	tools vision thinking	
	2026-11-20	search=2.5
		standard	0	4	20	0.2		
o1	openai	200000	100000	tools vision thinking	2026-10-23
	2024-12-17	
		standard	0	15	60	7.5		
		batch	0	7.5	30			
o1-pro	openai	200000	100000	tools vision thinking	2026-10-23
	2025-03-19	
		standard	0	150	600			
		batch	0	75	300			
o3	openai	200000	100000	tools vision thinking	2026-12-11
	2025-04-16	search=10
		standard	0	10	40	0.5		
		batch	0	5	20			
		priority	0	17.5	70	0.875		
		flex	0	5	20	0.25		
	2025-06-10	search=10
		standard	0	2	8	0.5		
		batch	0	1	4			
		priority	0	3.5	14	0.875		
		flex	0	1	4	0.25		
o3-deep-research	openai	200000	100000	vision thinking	2026-07-23
	2025-06-26	
		standard	0	10	40	2.5		
o3-mini	openai	200000	100000	tools thinking	2026-10-23
	2025-01-31	
		standard	0	1.1	4.4	0.55		
		batch	0	0.55	2.2			
o3-pro	openai	200000	100000	tools vision thinking	2026-12-11
	2025-06-10	search=10
		standard	0	20	80			
		batch	0	10	40			
o4-mini	openai	200000	100000	tools vision thinking	2026-10-23
	2025-04-16	search=10
		standard	0	1.1	4.4	0.275		
		batch	0	0.55	2.2			
		priority	0	2	8	0.5		
		flex	0	0.55	2.2	0.138		
o4-mini-deep-research	openai	200000	100000	vision thinking	2026-07-23
	2025-06-26	
		standard	0	2	8	0.5		
open-mistral-nemo	mistral	128000	128000		
	2026-11-20	
		standard	0	0.3	0.3	0.03		
pixtral-large-latest	mistral	128000	128000	tools vision	
	2026-11-20	
		standard	0	2	6	0.2		
qwen-coder	alibaba	1000000	16384	tools thinking	
	2026-11-20	
		standard	0	0.3	1.5			
qwen-flash	alibaba	997952	32768	tools thinking	
	2025-07-28	
		standard	0	0.05	0.4			
		standard	256000	0.25	2			
qwen-max	alibaba	30720	8192	tools thinking	
	2026-11-20	
		standard	0	1.6	6.4			
qwen-plus	alibaba	129024	16384	tools thinking	
	2025-01-25	
		standard	0	0.4	1.2			
qwen-turbo-2024-11-01	alibaba	1000000	8192	tools thinking	
	2024-11-01	
		standard	0	0.05	0.2			
qwen3-coder-flash	alibaba	997952	65536	tools thinking	
	2025-07-28	
		standard	0	0.3	1.5	0.08		
		standard	32000	0.5	2.5	0.12		
		standard	128000	0.8	4	0.2		
		standard	256000	1.6	9.6	0.4		
qwen3-coder-flash-2025-07-28	alibaba	997952	65536	tools thinking	
	2025-07-28	
		standard	0	0.3	1.5			
		standard	32000	0.5	2.5			
		standard	128000	0.8	4			
		standard	256000	1.6	9.6			
qwen3-coder-plus	alibaba	997952	65536	tools thinking	
	2025-07-22	
		standard	0	1	5	0.1		
		standard	32000	1.8	9	0.18		
		standard	128000	3	15	0.3		
		standard	256000	6	60	0.6		
qwen3-coder-plus-2025-07-22	alibaba	997952	65536	tools thinking	
	2025-07-22	
		standard	0	1	5			
		standard	32000	1.8	9			
		standard	128000	3	15			
		standard	256000	6	60			
qwen3-max	alibaba	258048	65536	tools thinking	
	2026-01-23	
		standard	0	1.2	6			
		standard	32000	2.4	12			
		standard	128000	3	15			
qwen3-max-preview	alibaba	258048	65536	tools thinking	
	2026-11-20	
		standard	0	1.2	6			
		standard	32000	2.4	12			
		standard	128000	3	15			
qwen3-next-80b-a3b-instruct	alibaba	262144	65536	tools	
	2026-11-20	
		standard	0	0.15	1.2			
qwen3-next-80b-a3b-thinking	alibaba	262144	65536	tools thinking	
	2026-11-20	
		standard	0	0.15	1.2			
qwen3-vl-235b-a22b-instruct	alibaba	131072	32768	tools vision	
	2026-11-20	
		standard	0	0.4	1.6			
qwen3-vl-235b-a22b-thinking	alibaba	131072	32768	tools vision thinking	
	2026-11-20	
		standard	0	0.4	4			
qwen3-vl-32b-instruct	alibaba	131072	32768	tools vision	
	2026-11-20	
		standard	0	0.16	0.64			
qwen3-vl-32b-thinking	alibaba	131072	32768	tools vision thinking	
	2026-11-20	
		standard	0	0.16	2.87			
qwen3-vl-plus	alibaba	260096	32768	tools vision thinking	
	2026-11-20	
		standard	0	0.2	1.6			
		standard	32000	0.3	2.4			
		standard	128000	0.6	4.8			
qwen3.5-plus	alibaba	991808	65536	tools vision thinking	
	2026-11-20	
		standard	0	0.4	2.4			
		standard	256000	0.5	3			
qwen3.7-max	alibaba	991808	65536	tools thinking	
	2026-11-20	
		standard	0	2.5	7.5	0.5	3.125	
qwen3.7-plus	alibaba	991808	65536	tools vision thinking	
	2026-11-20	
		standard	0	0.4	1.6	0.08		
		standard	256000	1.2	4.8	0.24		
qwen3.8-flash	alibaba	991808	131072	tools vision thinking	
	2026-11-20	
		standard	0	0.15	0.47	0.016	0.2	
qwen3.8-max	alibaba	991808	131072	tools vision thinking	
	2026-11-20	
		standard	0	2	6	0.25		
qwen3.8-omni-flash	alibaba	991808	131072	tools vision thinking	
	2026-11-20	
		standard	0	0.15	0.47	0.016		
qwq-plus	alibaba	98304	8192	tools thinking	
	2026-11-20	
		standard	0	0.8	2.4			
voxtral-small-2507	mistral	32768	32768	tools	
	2026-11-20	
		standard	0	0.1	0.4	0.01		
voxtral-small-latest	mistral	32768	32768	tools	
	2026-11-20	
		standard	0	0.1	0.4	0.01		

"""
