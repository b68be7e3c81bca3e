using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Engine.Tests.Memory;

/// <summary>A chain from text to a trained model: loading, one-hot, normalising, L-BFGS.</summary>
internal static class TextChain
{
    private static readonly int[] _categories = [20, 50, 100, 200];
    private const int Numbers = 8;

    /// <summary>Writes rows of three classes that hang on categories and numbers, and on chance.</summary>
    public static void WriteData(string path, int rows)
    {
        var random = new Random(1);
        using var writer = new StreamWriter(path);
        for (int row = 0; row < rows; row++)
        {
            var categories = _categories.Select(count => random.Next(count)).ToArray();
            var numbers = Enumerable.Range(0, Numbers).Select(_ => random.NextDouble() * 100).ToArray();
            double score = (categories[0] / 10.0) + (numbers[0] / 100) + random.NextDouble();
            var cells = categories.Select((c, i) => $"category{i}-{c}").Concat(numbers.Select(n => n.ToString("F4", CultureInfo.InvariantCulture)));
            writer.Write(score < 1.3 ? "low" : score < 2.6 ? "middle" : "high");
            writer.Write(',');
            writer.WriteLine(string.Join(',', cells));
        }
    }

    /// <summary>Trains on the rows of the file, and gives the share of them that the model tells right.</summary>
    public static double Train(string path)
    {
        var ml = new MLContext(1);
        var data = Load(ml, path);
        var chain = Features(ml).Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { MaximumNumberOfIterations = 10 }));
        return ml.MulticlassClassification.Evaluate(chain.Fit(data).Transform(data)).MicroAccuracy;
    }

    /// <summary>Holds the features of all rows as arrays, and gives their number.</summary>
    public static int Hold(string path)
    {
        var ml = new MLContext(1);
        var data = Load(ml, path);
        return Features(ml).Fit(data).Transform(data).GetColumn<float[]>("Features").ToArray().Length;
    }

    private static IDataView Load(MLContext ml, string path)
    {
        var columns = _categories.Select((_, i) => new TextLoader.Column($"C{i}", DataKind.String, i + 1))
            .Prepend(new TextLoader.Column("Label", DataKind.String, 0))
            .Append(new TextLoader.Column("Numbers", DataKind.Single, 5, 4 + Numbers));
        return ml.Data.LoadFromTextFile(path, [.. columns], separatorChar: ',');
    }

    private static EstimatorChain<ColumnConcatenatingTransformer> Features(MLContext ml)
    {
        var oneHot = _categories.Select((_, i) => new InputOutputColumnPair($"C{i}")).ToArray();
        return ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.Categorical.OneHotEncoding(oneHot))
            .Append(ml.Transforms.NormalizeMinMax("Numbers"))
            .Append(ml.Transforms.Concatenate("Features", [.. oneHot.Select(c => c.OutputColumnName), "Numbers"]));
    }
}
