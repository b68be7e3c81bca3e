namespace Microsoft.ML.Trainers;

/// <summary>A linear model as the first point of another training.</summary>
internal static class LinearStart
{
    /// <summary>The bias, then the weights.</summary>
    public static double[] Of(object model)
    {
        var linear = (LinearModelParameters)model;
        return [linear.Bias, .. linear.Weights.Select(w => (double)w)];
    }
}
