using FeatureTransfer.Inputs;
using FeatureTransfer.Inputs.Text;

namespace FeatureTransfer.Extraction;

/// <summary>One input on its way to features: a path, or bytes with a name.</summary>
internal readonly record struct FeatureInput(string Name, ReadOnlyMemory<byte>? Bytes)
{
    /// <summary>What a string stands for: a text itself, or the path of anything else.</summary>
    public static FeatureInput Of(string value, Modality modality) => modality == Modality.Text
        ? new FeatureInput(InputValue.FromText(value).Name, TextContent.Of(value))
        : new FeatureInput(value, null);
}

/// <summary>An input and whatever belongs to it, which travels along.</summary>
internal readonly record struct FlowInput<T>(FeatureInput Input, T Payload);

/// <summary>Features, or why there are none.</summary>
internal readonly record struct FlowRow<T>(T Payload, FeatureInput Input, float[]? Features, BadInputException? Error);
