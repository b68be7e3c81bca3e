namespace FeatureTransfer.Backbones;

/// <summary>The inputs of a graph that takes token ids.</summary>
internal static class TokenTensors
{
    /// <summary>The model as tokens can be fed to it: 64-bit integers, and nothing besides.</summary>
    /// <param name="model">The model; it is left as it is.</param>
    /// <param name="card">Its card.</param>
    /// <exception cref="FeatureTransferException">The card does not fit the model.</exception>
    public static OnnxModel Prepare(OnnxModel model, ModelCard card)
    {
        model = FixedInputs.Apply(FeatureOutputs.Arrange(model), card.OtherInputs, card.Origin);
        if (!model.Inputs.Any(input => input.Name == card.Inputs.Ids))
            throw new FeatureTransferException($"{card.Origin}: the model has no input '{card.Inputs.Ids}' for token ids.{NearestName.Hint(card.Inputs.Ids, model.Inputs.Select(input => input.Name))} It has {string.Join(", ", model.Inputs)}. Name it on the card, as in \"inputs\": {{ \"ids\": \"...\" }}.");
        return WholeInput.Apply(model, [card.Inputs.Ids, card.Inputs.Mask, card.Inputs.Types]);
    }
}
