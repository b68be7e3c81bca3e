namespace FeatureTransfer.Inputs.Text.Tokenizers;

/// <summary>Reads from <c>tokenizer.json</c> which tokens stand around texts.</summary>
internal static class HuggingFaceSpecials
{
    /// <summary>Reads the post-processor and the padding.</summary>
    /// <param name="root">The file.</param>
    /// <param name="vocabulary">All tokens and their ids.</param>
    public static SpecialTokens Read(JsonPart root, IReadOnlyDictionary<string, int> vocabulary)
    {
        var specials = Around(root["post_processor"]);
        var padding = root["padding"]["pad_id"];
        var known = new[] { "[PAD]", "<pad>", "<|endoftext|>" }.Where(vocabulary.ContainsKey).Select(token => vocabulary[token]);
        return specials with { Pad = padding.IsAbsent ? known.Concat(specials.End).FirstOrDefault() : padding.Integer };
    }

    private static SpecialTokens Around(JsonPart processor)
    {
        if (processor.IsAbsent)
            return new SpecialTokens([], [], [], 0, SegmentIds: false);
        switch (processor["type"].OneOf("BertProcessing", "RobertaProcessing", "TemplateProcessing", "ByteLevel", "Sequence"))
        {
            case "BertProcessing":
                return new SpecialTokens([Id("cls")], [Id("sep")], [Id("sep")], 0, SegmentIds: true);
            case "RobertaProcessing":
                return new SpecialTokens([Id("cls")], [Id("sep"), Id("sep")], [Id("sep")], 0, SegmentIds: false);
            case "TemplateProcessing":
                return Template(processor);
            case "ByteLevel":
                return Around(default);
            default:
                // ByteLevel moves offsets alone, which nobody reads here.
                var others = processor["processors"].Items.Where(part => part["type"].Text != "ByteLevel").ToList();
                return others.Count <= 1 ? Around(others.FirstOrDefault()) : throw processor["processors"].Unsupported("one beside ByteLevel");
        }

        int Id(string name) => processor[name].Items is [_, var id] ? id.Integer : throw processor[name].Unsupported("a token and its id");
    }

    private static SpecialTokens Template(JsonPart template)
    {
        var (single, pair) = (Parts(template, "single"), Parts(template, "pair"));
        if (single.Count != 2 || pair.Count != 3 || !single[0].SequenceEqual(pair[0]) || !single[1].SequenceEqual(pair[2]))
            throw template["pair"].Unsupported("A and B, the same tokens around them as around A in $.post_processor.single");
        var types = template["pair"].Items.Select(item => item["Sequence"]).Where(sequence => !sequence.IsAbsent && sequence["id"].Text == "B").Select(sequence => sequence["type_id"].Integer);
        return new SpecialTokens(single[0], pair[1], single[1], 0, SegmentIds: types.Single() == 1);
    }

    // The ids before the first text, between two, and behind the last.
    private static List<List<int>> Parts(JsonPart template, string name)
    {
        var parts = new List<List<int>> { new() };
        foreach (var item in template[name].Items)
        {
            if (item["SpecialToken"].IsAbsent)
                parts.Add([]);
            else
                parts[^1].AddRange(template["special_tokens"][item["SpecialToken"]["id"].Text]["ids"].Items.Select(id => id.Integer));
        }

        return parts;
    }
}
