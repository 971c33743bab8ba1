// Runs a jsui script outside Max and prints what it draws, as SVG: node sketch.mjs < {script, width, height, steps}.
//
// A step is a message for the script, or a number: milliseconds that pass. It knows what the scripts here use of Max.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

// Return a script that is loaded, with what Max gives it; `time.now` is its clock.
export function load(path, time, extra = {}) {
    const shapes = [];
    const pen = { colour: "", opacity: 1, x: 0, y: 0, size: 12, path: null };
    const mgraphics = {
        size: [100, 100],
        redraws: 0,
        init() {},
        redraw() {
            this.redraws += 1;
        },
        set_source_rgba(red, green, blue, alpha) {
            pen.colour = `rgb(${[red, green, blue].map((part) => Math.round(part * 255)).join(",")})`;
            pen.opacity = alpha;
        },
        rectangle(x, y, width, height) {
            pen.path = { x, y, width, height };
        },
        fill() {
            shapes.push({ ...pen.path, colour: pen.colour, opacity: pen.opacity });
        },
        select_font_face() {},
        set_font_size(size) {
            pen.size = size;
        },
        move_to(x, y) {
            Object.assign(pen, { x, y });
        },
        show_text(text) {
            shapes.push({ text, x: pen.x, y: pen.y, size: pen.size, colour: pen.colour, opacity: pen.opacity });
        },
    };
    class Clock extends Date {
        constructor() {
            super(time.now);
        }
    }
    const context = vm.createContext({
        mgraphics,
        Date: Clock,
        arrayfromargs: (args) => Array.from(args),
        outlet() {},
        ...extra,
    });
    vm.runInContext(readFileSync(path, "utf8"), context, { filename: path });
    const send = (name, ...args) => {
        context.messagename = name;
        (context[name] ?? context.anything)(...args);
    };
    const paint = (width, height) => {
        mgraphics.size = [width, height];
        shapes.length = 0;
        context.paint();
        return [...shapes];
    };
    return { context, mgraphics, send, paint };
}

const round = (value) => Math.round(value * 100) / 100;

export function svg(shapes) {
    return shapes
        .map((shape) =>
            shape.text === undefined
                ? `<rect x="${round(shape.x)}" y="${round(shape.y)}" width="${round(shape.width)}" ` +
                  `height="${round(shape.height)}" fill="${shape.colour}" opacity="${shape.opacity}"/>`
                : `<text x="${round(shape.x)}" y="${round(shape.y)}" font-size="${shape.size}" ` +
                  `fill="${shape.colour}" opacity="${shape.opacity}">${shape.text}</text>`,
        )
        .join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const { script, width, height, steps } = JSON.parse(readFileSync(0, "utf8"));
    const time = { now: 0 };
    const { send, paint } = load(script, time);
    for (const step of steps) {
        if (typeof step === "number") {
            time.now += step;
        } else {
            send(...step);
        }
    }
    console.log(svg(paint(width, height)));
}
