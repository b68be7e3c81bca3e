using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharpPeer;

/// <summary>
/// A training step as a careful user writes it: what is frozen runs without gradients; normalizations use their stored statistics and learn scale
/// and offset; images and weights lie channels last; SGD with momentum. Weights are random: only the time counts.
/// </summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly Module<Tensor, Tensor>? _frozen;
    private readonly Module<Tensor, Tensor> _learning;
    private readonly optim.Optimizer _optimizer;
    private readonly Loss<Tensor, Tensor, Tensor> _loss = CrossEntropyLoss();
    private readonly Tensor _inputs;
    private readonly Tensor _labels;
    private readonly Tensor _features;

    public TrainingStep(string network, int batch, int classes)
    {
        random.manual_seed(1);
        (_frozen, _learning) = Networks.Of(network, classes);
        foreach (var part in new[] { _frozen, _learning }.OfType<Module>())
        {
            part.eval();
            ChannelsLast.Apply(part);
        }

        foreach (var parameter in _learning.parameters())
            parameter.requires_grad = true;
        _optimizer = optim.SGD(_learning.parameters(), learningRate: 0.001, momentum: 0.9);
        _inputs = network.StartsWith("minilm", StringComparison.Ordinal) ? randint(1000, 30000, [batch, 64], dtype: ScalarType.Int64) : ChannelsLast.Of(rand(batch, 3, 224, 224));
        _labels = randint(0, classes, batch, dtype: ScalarType.Int64);
        _features = ChannelsLast.Of(Trunk().clone());
    }

    /// <summary>The forward pass of what is frozen.</summary>
    public void Frozen()
    {
        using var scope = NewDisposeScope();
        Trunk();
    }

    /// <summary>Forward, back and update of what learns.</summary>
    public void Learn()
    {
        using var scope = NewDisposeScope();
        Learn(_features);
    }

    /// <summary>Both, one after the other.</summary>
    public void Whole()
    {
        using var scope = NewDisposeScope();
        Learn(Trunk());
    }

    public void Dispose()
    {
        _frozen?.Dispose();
        _learning.Dispose();
        _optimizer.Dispose();
        _inputs.Dispose();
        _labels.Dispose();
        _features.Dispose();
    }

    private Tensor Trunk()
    {
        using var none = no_grad();
        return _frozen?.forward(_inputs) ?? _inputs;
    }

    private void Learn(Tensor features)
    {
        _optimizer.zero_grad();
        _loss.forward(_learning.forward(features), _labels).backward();
        _optimizer.step();
    }
}
