namespace FeatureTransfer.FineTuning;

/// <summary>Numbers are learned with mean 0 and deviation 1; the graph puts them back.</summary>
internal static class LabelScale
{
    /// <summary>Takes the scale of labels from rows.</summary>
    public static void Learn(TuningModel model, IEnumerable<float[]> targets)
    {
        if (model.Layout.LabelMean is null)
            return;
        var (mean, deviation) = Moments.Of(targets, model.Outputs);
        var initializers = Initializers.ByName(model.Model.Proto.Graph);
        Initializers.Set(initializers[model.Layout.LabelMean], mean);
        Initializers.Set(initializers[model.Layout.LabelScale!], deviation);
    }

    /// <summary>A label on the scale that is learned.</summary>
    public static float[] Apply(TuningModel model, float[] values) => Map(model, values, (value, mean, scale) => (value - mean) / scale);

    /// <summary>Learned numbers on their own scale.</summary>
    public static float[] Undo(TuningModel model, float[] values) => Map(model, values, (value, mean, scale) => (value * scale) + mean);

    private static float[] Map(TuningModel model, float[] values, Func<float, float, float, float> map)
    {
        if (model.Layout.LabelMean is null)
            return values;
        var initializers = Initializers.ByName(model.Model.Proto.Graph);
        var (mean, scale) = (Initializers.Floats(initializers[model.Layout.LabelMean]), Initializers.Floats(initializers[model.Layout.LabelScale!]));
        return [.. values.Select((value, i) => map(value, mean[i % mean.Length], scale[i % scale.Length]))];
    }
}
