using FeatureTransfer.Inputs.Augmentation;
using FeatureTransfer.Pipelines.Json;
using FeatureTransfer.Pipelines.Steps;

namespace FeatureTransfer.Pipelines;

/// <summary>Augmentations as JSON: a list of objects with a <c>type</c>, as the option <c>augmentation</c> of a step has it.</summary>
/// <example><c>[ { "type": "randomResizedCrop" }, { "type": "horizontalFlip" }, { "type": "colorJitter", "hue": 0.1 } ]</c></example>
public static class AugmentationJson
{
    /// <summary>Reads a plan; comments and trailing commas are allowed.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="PipelineFormatException">The text is faulty; the message lists every fault with its place.</exception>
    public static AugmentationPlan Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        var context = new BindingContext(baseFolder: null, checkFiles: false);
        return AugmentationFormat.Instance.TryRead(LocatedJson.Parse(json, name), context, out var plan)
            ? plan
            : throw new PipelineFormatException(context.Faults);
    }

    /// <summary>The plan as JSON; reading it gives an equal one.</summary>
    /// <param name="plan">The plan.</param>
    public static string ToJson(AugmentationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return PipelineWriter.Text(AugmentationFormat.Instance.Write(plan)!);
    }
}
