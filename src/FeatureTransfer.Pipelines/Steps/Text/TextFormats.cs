using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The forms of options for text in JSON.</summary>
internal static class TextFormats
{
    /// <summary>A <see cref="TextPreprocessing" />.</summary>
    public static NestedFormat<TextPreprocessing> Preprocessing { get; } = new(new OptionSet<TextPreprocessing>(() => new TextPreprocessing())
        .Add("maxTokens", new OptionalValueFormat<int>(new IntegerFormat(8, 1_000_000)), t => t.MaxTokens, (t, v) => t with { MaxTokens = v }, "The most tokens of a window, special ones counted; null is the card's")
        .Add("longText", new EnumFormat<LongText>(), t => t.LongText, (t, v) => t with { LongText = v }, "Whether longer texts are cut, or read in windows whose features are averaged")
        .Add("overlap", new IntegerFormat(0, 1_000_000), t => t.Overlap, (t, v) => t with { Overlap = v }, "Tokens that neighbouring windows share")
        .Add("prefix", new TextFormat(allowEmpty: true), t => t.Prefix, (t, v) => t with { Prefix = v }, "What is put before every text, as some backbones want it before queries"));
}
