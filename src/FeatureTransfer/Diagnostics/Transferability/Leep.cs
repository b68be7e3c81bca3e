namespace FeatureTransfer.Diagnostics;

/// <summary>
/// How well the classes that a backbone was trained on tell the new ones: the mean logarithm of the probability that they give to the right class.
/// At most 0; higher is better. By Nguyen and others, "LEEP: A New Measure to Evaluate Transferability of Learned Representations" (2020).
/// </summary>
public static class Leep
{
    /// <summary>The score.</summary>
    /// <param name="sourceProbabilities">What the backbone's own head says of each row: one probability a source class.</param>
    /// <param name="classes">The class of each row, from 0.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, or there is one class alone.</exception>
    public static double Of(IReadOnlyList<float[]> sourceProbabilities, IReadOnlyList<int> classes)
    {
        var data = new LabelledFeatures(sourceProbabilities, classes);
        var joint = new double[data.ClassCount, data.Length];
        var source = new double[data.Length];
        for (var row = 0; row < data.Count; row++)
        {
            for (var z = 0; z < data.Length; z++)
            {
                joint[classes[row], z] += sourceProbabilities[row][z];
                source[z] += sourceProbabilities[row][z];
            }
        }

        return Enumerable.Range(0, data.Count).Average(row => Math.Log(Math.Max(Right(row), double.Epsilon)));

        double Right(int row) => Enumerable.Range(0, data.Length).Where(z => source[z] > 0).Sum(z => joint[classes[row], z] / source[z] * sourceProbabilities[row][z]);
    }
}
