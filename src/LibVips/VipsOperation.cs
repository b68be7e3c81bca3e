using System.Runtime.InteropServices;
using LibVips.Native;

namespace LibVips;

/// <summary>One libvips operation: name it, set its arguments, run it, take its results.</summary>
/// <example><c>using var flip = new VipsOperation("flip").Set("in", image).Set("direction", 1); using var flipped = flip.Run();</c></example>
public sealed unsafe class VipsOperation : IDisposable
{
    // Offset of value_type in GParamSpec: instance, name, flags (padded), then the type. Part of GObject's ABI.
    private static readonly int SpecValueType = 3 * nint.Size;

    private readonly string _name;
    private GObjectHandle _handle;
    private bool _built;

    /// <summary>Makes an operation.</summary>
    /// <param name="name">Its nickname, such as <c>resize</c>, or its class name.</param>
    /// <exception cref="VipsException">This libvips has no operation of that name.</exception>
    public VipsOperation(string name)
    {
        VipsLibrary.EnsureLoaded();
        _name = name;
        _handle = new GObjectHandle(Native.Vips.NewOperation(name));
        if (_handle.IsInvalid)
            throw VipsLibrary.TakeError(name);
    }

    /// <summary>Sets an integer or enumeration.</summary>
    public VipsOperation Set(string argument, int number) => Set(argument, (ref GValue value) =>
    {
        switch (GObject.Fundamental(value.Type))
        {
            case GTypes.Enum: GObject.SetEnum(ref value, number); break;
            case GTypes.Flags: GObject.SetFlags(ref value, (uint)number); break;
            case GTypes.Double: GObject.SetDouble(ref value, number); break;
            default: GObject.SetInt(ref value, number); break;
        }
    });

    /// <summary>Sets a number.</summary>
    public VipsOperation Set(string argument, double number) => Set(argument, (ref GValue value) => GObject.SetDouble(ref value, number));

    /// <summary>Sets a flag.</summary>
    public VipsOperation Set(string argument, bool flag) => Set(argument, (ref GValue value) => GObject.SetBoolean(ref value, flag ? 1 : 0));

    /// <summary>Sets a text.</summary>
    public VipsOperation Set(string argument, string text) => Set(argument, (ref GValue value) => GObject.SetString(ref value, text));

    /// <summary>Sets an image.</summary>
    public VipsOperation Set(string argument, VipsImage image) => Set(argument, (ref GValue value) => GObject.SetObject(ref value, image.Handle));

    /// <summary>Sets a list of numbers, one a band for instance.</summary>
    public VipsOperation Set(string argument, params double[] numbers) => Set(argument, (ref GValue value) =>
    {
        fixed (double* first = numbers)
            Native.Vips.SetDoubles(ref value, first, numbers.Length);
    });

    /// <summary>Sets a list of whole numbers.</summary>
    public VipsOperation SetIntegers(string argument, params int[] numbers) => Set(argument, (ref GValue value) =>
    {
        fixed (int* first = numbers)
            Native.Vips.SetIntegers(ref value, first, numbers.Length);
    });

    /// <summary>Sets a block of bytes. libvips reads lazily, so it gets a copy of its own.</summary>
    public VipsOperation Set(string argument, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
            return SetBlob(argument, Native.Vips.CopyBlob(first, (nuint)bytes.Length));
    }

    /// <summary>Sets a block of bytes without a copy. They have to stay pinned for as long as anything that reads them lives.</summary>
    public VipsOperation SetPinned(string argument, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
            return SetBlob(argument, Native.Vips.NewBlob(0, first, (nuint)bytes.Length));
    }

    /// <summary>Runs the operation and takes the image that it gives.</summary>
    /// <exception cref="VipsException">An argument is missing or wrong, or the input cannot be read.</exception>
    public VipsImage Run(string output = "out")
    {
        Build();
        var value = default(GValue);
        Read(output, ref value);
        try
        {
            return new VipsImage(new GObjectHandle(GObject.Ref(GObject.GetObject(ref value))));
        }
        finally
        {
            GObject.ValueUnset(ref value);
        }
    }

    /// <summary>Runs the operation and takes the bytes that it gives, as the savers do.</summary>
    /// <exception cref="VipsException">An argument is missing or wrong, or the image cannot be written.</exception>
    public byte[] RunToBytes(string output = "buffer")
    {
        Build();
        var value = default(GValue);
        Read(output, ref value);
        try
        {
            var data = Native.Vips.GetBlob(GObject.GetBoxed(ref value), out var length);
            return new ReadOnlySpan<byte>((void*)data, checked((int)length)).ToArray();
        }
        finally
        {
            GObject.ValueUnset(ref value);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_built && !_handle.IsClosed)
            Native.Vips.UnrefOutputs(_handle);
        _handle.Dispose();
    }

    private delegate void Fill(ref GValue value);

    private VipsOperation Set(string argument, Fill fill)
    {
        var value = default(GValue);
        GObject.ValueInit(ref value, TypeOf(argument));
        try
        {
            fill(ref value);
            GObject.SetProperty(_handle, argument, ref value);
            return this;
        }
        finally
        {
            GObject.ValueUnset(ref value);
        }
    }

    private VipsOperation SetBlob(string argument, nint blob)
    {
        try
        {
            return Set(argument, (ref GValue value) => GObject.SetBoxed(ref value, blob));
        }
        finally
        {
            Native.Vips.UnrefArea(blob);
        }
    }

    private void Read(string output, ref GValue value)
    {
        GObject.ValueInit(ref value, TypeOf(output));
        GObject.GetProperty(_handle, output, ref value);
    }

    private nuint TypeOf(string argument)
    {
        if (Native.Vips.GetArgument(_handle, argument, out var spec, out _, out _) != 0)
            throw VipsLibrary.TakeError($"{_name}.{argument}");
        return (nuint)Marshal.ReadIntPtr(spec, SpecValueType);
    }

    // The build may answer with another operation than the one that was set up, so the handle changes hands.
    private void Build()
    {
        if (_built)
            return;
        var built = Native.Vips.BuildOperation(_handle);
        if (built == 0)
        {
            var error = VipsLibrary.TakeError(_name);
            Native.Vips.UnrefOutputs(_handle);
            throw error;
        }
        _handle.Dispose();
        _handle = new GObjectHandle(built);
        _built = true;
    }
}
