using System.Text.Json.Serialization;

namespace FeatureTransfer.Cascades;

/// <summary>A step of a cascade: a model, or an adapter between models.</summary>
/// <param name="name">What to call it in messages.</param>
/// <param name="inputs">What it reads.</param>
/// <param name="outputs">What it gives.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ArgMaxToLabel), nameof(ArgMaxToLabel))]
[JsonDerivedType(typeof(BoxesToCrops), nameof(BoxesToCrops))]
[JsonDerivedType(typeof(CtcToText), nameof(CtcToText))]
[JsonDerivedType(typeof(FeatureStage), nameof(FeatureStage))]
[JsonDerivedType(typeof(ImagesToLabels), nameof(ImagesToLabels))]
[JsonDerivedType(typeof(ImagesToTensor), nameof(ImagesToTensor))]
[JsonDerivedType(typeof(ObjectDetector), nameof(ObjectDetector))]
[JsonDerivedType(typeof(OnnxStage), nameof(OnnxStage))]
[JsonDerivedType(typeof(TextMapToBoxes), nameof(TextMapToBoxes))]
[JsonDerivedType(typeof(Threshold), nameof(Threshold))]
[JsonDerivedType(typeof(TurnImages), nameof(TurnImages))]
public abstract class CascadeStage(string name, IReadOnlyList<CascadePort> inputs, IReadOnlyList<CascadePort> outputs)
{
    /// <summary>What to call it in messages.</summary>
    public string Name { get; } = name;

    /// <summary>What it reads.</summary>
    [JsonIgnore]
    public IReadOnlyList<CascadePort> Inputs { get; } = inputs;

    /// <summary>What it gives.</summary>
    [JsonIgnore]
    public IReadOnlyList<CascadePort> Outputs { get; } = outputs;

    /// <summary>Does the work.</summary>
    /// <param name="inputs">A value for each of <see cref="Inputs"/>.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>A value for each of <see cref="Outputs"/>, each of the type that its <see cref="CascadeKind"/> says.</returns>
    public abstract IReadOnlyList<object> Run(IReadOnlyList<object> inputs, CancellationToken cancellation);
}
