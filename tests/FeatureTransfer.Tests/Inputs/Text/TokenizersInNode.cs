using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FeatureTransfer.Tests.Inputs.Text;

/// <summary>Hugging Face's own tokenizers for JavaScript, run by Node on the same texts.</summary>
internal static class TokenizersInNode
{
    private const string Script = """
        import { Tokenizer } from "@huggingface/tokenizers";
        const chunks = [];
        for await (const chunk of process.stdin) chunks.push(chunk);
        const { tokenizer, config, texts } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
        const it = new Tokenizer(tokenizer, config);
        process.stdout.write(JSON.stringify(texts.map(text => it.encode(text, { add_special_tokens: false }).ids)));
        """;

    /// <summary>The ids of texts, without special tokens; skips the test where Node or the package is absent.</summary>
    /// <param name="tokenizer">The content of a <c>tokenizer.json</c>.</param>
    /// <param name="config">The content of its <c>tokenizer_config.json</c>.</param>
    /// <param name="texts">The texts.</param>
    public static int[][] Encode(JsonNode tokenizer, JsonNode config, IReadOnlyList<string> texts)
    {
        Reference.Npm("@huggingface/tokenizers");
        var request = new JsonObject { ["tokenizer"] = tokenizer.DeepClone(), ["config"] = config.DeepClone(), ["texts"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]) };
        using var node = Start() ?? throw new IgnoreException("Node is not on this machine.");
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        node.StandardInput.Write(request.ToJsonString());
        node.StandardInput.Close();
        node.WaitForExit();
        Assert.That(node.ExitCode, Is.Zero, errors.Result);
        return JsonSerializer.Deserialize<int[][]>(output.Result)!;
    }

    private static Process? Start()
    {
        var start = new ProcessStartInfo("node", ["--input-type=module", "-e", Script])
        {
            WorkingDirectory = Reference.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
