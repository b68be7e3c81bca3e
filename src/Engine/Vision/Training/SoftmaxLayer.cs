using System.Numerics.Tensors;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.Vision;

/// <summary>A linear layer with softmax, and its steps down the mean cross-entropy of a batch.</summary>
internal sealed class SoftmaxLayer(int classes, int features, float[] weights, float[] biases)
{
    private const double StartDeviation = 0.001;

    private float[] _probabilities = [];

    public int Classes => classes;

    public int Features => features;

    /// <summary>(classes, features).</summary>
    public float[] Weights => weights;

    public float[] Biases => biases;

    /// <summary>A layer of small weights from a normal distribution cut off at two deviations, and biases of 0.</summary>
    public static SoftmaxLayer Start(int classes, int features, Random random)
    {
        var weights = new float[classes * features];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (float)(StartDeviation * CutNormal(random));
        return new(classes, features, weights, new float[classes]);
    }

    /// <summary>What the layer makes of a batch: the share that it gets right, and the mean cross-entropy.</summary>
    public (float Accuracy, float CrossEntropy) Judge(ReadOnlySpan<float> rows, ReadOnlySpan<int> labels)
    {
        double loss = 0;
        int right = 0;
        var scores = Logits(rows, labels.Length);
        for (int row = 0; row < labels.Length; row++)
        {
            var logits = scores.Slice(row * classes, classes);
            // An untaken maximum would overflow.
            float max = TensorPrimitives.Max<float>(logits);
            float own = logits[labels[row]];
            right += TensorPrimitives.IndexOfMax<float>(logits) == labels[row] ? 1 : 0;
            TensorPrimitives.Subtract(logits, max, logits);
            TensorPrimitives.Exp(logits, logits);
            float sum = TensorPrimitives.Sum<float>(logits);
            loss += Math.Log(sum) + max - own;
            TensorPrimitives.Divide(logits, sum, logits);
        }
        return ((float)right / labels.Length, (float)(loss / labels.Length));
    }

    /// <summary>One step of gradient descent; gives what <see cref="Judge"/> says of the batch before it.</summary>
    public (float Accuracy, float CrossEntropy) Step(ReadOnlySpan<float> rows, ReadOnlySpan<int> labels, float rate)
    {
        var before = Judge(rows, labels);
        // The gradient by a logit: probability less truth, over the rows of the batch. Taken times the rate at once.
        var steps = _probabilities.AsSpan(0, labels.Length * classes);
        for (int row = 0; row < labels.Length; row++)
            steps[(row * classes) + labels[row]] -= 1;
        TensorPrimitives.Multiply(steps, -rate / labels.Length, steps);
        DenseKernels.AddOuterProducts(steps, rows, features, weights);
        for (int row = 0; row < labels.Length; row++)
            TensorPrimitives.Add(biases, steps.Slice(row * classes, classes), biases);
        return before;
    }

    private Span<float> Logits(ReadOnlySpan<float> rows, int count)
    {
        if (_probabilities.Length < count * classes)
            _probabilities = new float[count * classes];
        var logits = _probabilities.AsSpan(0, count * classes);
        DenseKernels.MultiplyTransposed(rows, weights, features, logits);
        for (int row = 0; row < count; row++)
            TensorPrimitives.Add(logits.Slice(row * classes, classes), biases, logits.Slice(row * classes, classes));
        return logits;
    }

    // By G. Box and M. Muller, "A Note on the Generation of Random Normal Deviates", 1958.
    private static double CutNormal(Random random)
    {
        while (true)
        {
            double value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            if (Math.Abs(value) <= 2)
                return value;
        }
    }
}
