{
	"patcher": {
		"fileversion": 1,
		"appversion": {
			"major": 8,
			"minor": 6,
			"revision": 5,
			"architecture": "x64",
			"modernui": 1
		},
		"classnamespace": "box",
		"rect": [
			60,
			100,
			1700,
			1040
		],
		"gridsize": [
			8.0,
			8.0
		],
		"openrect": [
			0.0,
			0.0,
			220.0,
			169.0
		],
		"openinpresentation": 1,
		"parameters": {
			"obj-5": [
				"Band Heard",
				"Heard",
				1
			],
			"obj-6": [
				"Track",
				"Track",
				2
			],
			"obj-8": [
				"Band",
				"Band",
				3
			],
			"obj-9": [
				"Mute",
				"Mute",
				4
			],
			"obj-10": [
				"Lock",
				"Lock",
				5
			],
			"obj-11": [
				"New Idea",
				"Idea",
				6
			],
			"obj-12": [
				"Density",
				"Density",
				7
			],
			"obj-13": [
				"Temperature",
				"Temper",
				8
			],
			"obj-14": [
				"Octave",
				"Octave",
				9
			],
			"parameterbanks": {
				"0": {
					"index": 0,
					"name": "Track",
					"parameters": [
						"Track",
						"Mute",
						"Lock",
						"Density",
						"Temperature",
						"Octave",
						"Clip Bars",
						"-"
					]
				}
			},
			"inherited_shortname": 1
		},
		"dependency_cache": [],
		"boxes": [
			{
				"box": {
					"id": "obj-1",
					"maxclass": "inlet",
					"numinlets": 0,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						20,
						20,
						30,
						22
					],
					"comment": "track, mute, lock, density, temperature, octave, gen: each with a value",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-2",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						220,
						760,
						30,
						22
					],
					"comment": "pitch",
					"index": 1
				}
			},
			{
				"box": {
					"id": "obj-3",
					"maxclass": "outlet",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						420,
						760,
						30,
						22
					],
					"comment": "velocity; 0: note off",
					"index": 2
				}
			},
			{
				"box": {
					"id": "obj-4",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						100,
						20,
						88,
						18
					],
					"text": "MuseGAN Track",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						8,
						4,
						88,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-5",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						200,
						20,
						58,
						15
					],
					"mode": 1,
					"text": "no band",
					"texton": "connected",
					"appearance": 2,
					"automation": "off",
					"automationon": "on",
					"ignoreclick": 1,
					"parameter_enable": 1,
					"varname": "Band Heard",
					"annotation": "On while the server is heard, through the Band device.",
					"annotation_name": "Band Heard",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Band Heard",
							"parameter_shortname": "Heard",
							"parameter_annotation_name": "Band Heard",
							"parameter_info": "On while the server is heard, through the Band device.",
							"parameter_invisible": 2,
							"parameter_initial_enable": 0,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_order": 1,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						154,
						6,
						58,
						15
					]
				}
			},
			{
				"box": {
					"id": "obj-6",
					"maxclass": "live.menu",
					"numinlets": 1,
					"numoutlets": 3,
					"outlettype": [
						"",
						"",
						"float"
					],
					"patching_rect": [
						300,
						20,
						84,
						16
					],
					"parameter_enable": 1,
					"varname": "Track",
					"annotation": "The player of the band that this device is.",
					"annotation_name": "Track",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Track",
							"parameter_shortname": "Track",
							"parameter_annotation_name": "Track",
							"parameter_info": "The player of the band that this device is.",
							"parameter_invisible": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_order": 2,
							"parameter_type": 2,
							"parameter_enum": [
								"bass",
								"drums",
								"guitar",
								"piano",
								"strings"
							],
							"parameter_mmax": 4,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						8,
						30,
						84,
						16
					]
				}
			},
			{
				"box": {
					"id": "obj-7",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						400,
						20,
						36,
						18
					],
					"text": "Band",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						148,
						29,
						36,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-8",
					"maxclass": "live.numbox",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"float"
					],
					"patching_rect": [
						500,
						20,
						28,
						16
					],
					"appearance": 4,
					"parameter_enable": 1,
					"varname": "Band",
					"annotation": "Which Band device this one belongs to.",
					"annotation_name": "Band",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Band",
							"parameter_shortname": "Band",
							"parameter_annotation_name": "Band",
							"parameter_info": "Which Band device this one belongs to.",
							"parameter_invisible": 1,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								1
							],
							"parameter_modmode": 0,
							"parameter_order": 3,
							"parameter_type": 1,
							"parameter_mmin": 1,
							"parameter_mmax": 8,
							"parameter_unitstyle": 0
						}
					},
					"presentation": 1,
					"presentation_rect": [
						184,
						30,
						28,
						16
					]
				}
			},
			{
				"box": {
					"id": "obj-9",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						600,
						20,
						64,
						18
					],
					"mode": 1,
					"text": "Mute",
					"texton": "Mute",
					"appearance": 2,
					"automation": "off",
					"automationon": "on",
					"parameter_enable": 1,
					"varname": "Mute",
					"annotation": "Silent at once. The band goes on playing it, and hears it.",
					"annotation_name": "Mute",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Mute",
							"parameter_shortname": "Mute",
							"parameter_annotation_name": "Mute",
							"parameter_info": "Silent at once. The band goes on playing it, and hears it.",
							"parameter_invisible": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_order": 4,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						8,
						52,
						64,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-10",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						700,
						20,
						64,
						18
					],
					"mode": 1,
					"text": "Lock",
					"texton": "Lock",
					"appearance": 2,
					"automation": "off",
					"automationon": "on",
					"parameter_enable": 1,
					"varname": "Lock",
					"annotation": "It repeats its last phrase, while the others go on and follow it.",
					"annotation_name": "Lock",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Lock",
							"parameter_shortname": "Lock",
							"parameter_annotation_name": "Lock",
							"parameter_info": "It repeats its last phrase, while the others go on and follow it.",
							"parameter_invisible": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_order": 5,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						78,
						52,
						64,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-11",
					"maxclass": "live.text",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						800,
						20,
						64,
						18
					],
					"mode": 0,
					"text": "New idea",
					"texton": "New idea",
					"outputmode": 1,
					"appearance": 2,
					"parameter_enable": 1,
					"varname": "New Idea",
					"annotation": "Another idea for this track alone, from the next free bar on.",
					"annotation_name": "New Idea",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "New Idea",
							"parameter_shortname": "Idea",
							"parameter_annotation_name": "New Idea",
							"parameter_info": "Another idea for this track alone, from the next free bar on.",
							"parameter_invisible": 2,
							"parameter_initial_enable": 0,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_order": 6,
							"parameter_type": 2,
							"parameter_enum": [
								"off",
								"on"
							],
							"parameter_mmax": 1,
							"parameter_unitstyle": 9
						}
					},
					"presentation": 1,
					"presentation_rect": [
						148,
						52,
						64,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-12",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"float"
					],
					"patching_rect": [
						900,
						20,
						44,
						48
					],
					"parameter_enable": 1,
					"varname": "Density",
					"annotation": "How many notes. 100 %: as it learned.",
					"annotation_name": "Density",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Density",
							"parameter_shortname": "Density",
							"parameter_annotation_name": "Density",
							"parameter_info": "How many notes. 100 %: as it learned.",
							"parameter_invisible": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								100
							],
							"parameter_modmode": 0,
							"parameter_order": 7,
							"parameter_type": 0,
							"parameter_mmin": 0.0,
							"parameter_mmax": 400.0,
							"parameter_unitstyle": 5
						}
					},
					"presentation": 1,
					"presentation_rect": [
						8,
						76,
						44,
						48
					]
				}
			},
			{
				"box": {
					"id": "obj-13",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"float"
					],
					"patching_rect": [
						1000,
						20,
						44,
						48
					],
					"parameter_enable": 1,
					"varname": "Temperature",
					"annotation": "How unusual its ideas are. 0 %: always the same; 100 %: as trained.",
					"annotation_name": "Temperature",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Temperature",
							"parameter_shortname": "Temper",
							"parameter_annotation_name": "Temperature",
							"parameter_info": "How unusual its ideas are. 0 %: always the same; 100 %: as trained.",
							"parameter_invisible": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								100
							],
							"parameter_modmode": 0,
							"parameter_order": 8,
							"parameter_type": 0,
							"parameter_mmin": 0.0,
							"parameter_mmax": 300.0,
							"parameter_unitstyle": 5
						}
					},
					"presentation": 1,
					"presentation_rect": [
						60,
						76,
						44,
						48
					]
				}
			},
			{
				"box": {
					"id": "obj-14",
					"maxclass": "live.dial",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"float"
					],
					"patching_rect": [
						1100,
						20,
						44,
						48
					],
					"parameter_enable": 1,
					"varname": "Octave",
					"annotation": "Octaves up or down. Drums stay.",
					"annotation_name": "Octave",
					"saved_attribute_attributes": {
						"valueof": {
							"parameter_longname": "Octave",
							"parameter_shortname": "Octave",
							"parameter_annotation_name": "Octave",
							"parameter_info": "Octaves up or down. Drums stay.",
							"parameter_invisible": 0,
							"parameter_initial_enable": 1,
							"parameter_initial": [
								0
							],
							"parameter_modmode": 0,
							"parameter_order": 9,
							"parameter_type": 1,
							"parameter_mmin": -4,
							"parameter_mmax": 4,
							"parameter_unitstyle": 9,
							"parameter_units": "%d oct"
						}
					},
					"presentation": 1,
					"presentation_rect": [
						112,
						76,
						44,
						48
					]
				}
			},
			{
				"box": {
					"id": "obj-15",
					"maxclass": "live.comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						1200,
						20,
						204,
						18
					],
					"text": "",
					"textjustification": 0,
					"presentation": 1,
					"presentation_rect": [
						8,
						146,
						204,
						18
					]
				}
			},
			{
				"box": {
					"id": "obj-16",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						20,
						260,
						84,
						22
					],
					"text": "p FromBand",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "number of the band, from 1",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										180,
										30,
										22
									],
									"comment": "what is sent to musegan.<band>.in",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										60,
										196,
										22
									],
									"text": "sprintf set musegan.%ld.in"
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										120,
										63,
										22
									],
									"text": "receive"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-3",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-4",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-2",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-17",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 6,
					"outlettype": [
						"",
						"",
						"",
						"",
						"",
						""
					],
					"patching_rect": [
						20,
						320,
						63,
						22
					],
					"text": "p Heard",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "messages of the server",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										340,
										30,
										22
									],
									"comment": "/musegan/bar/begin",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										160,
										340,
										30,
										22
									],
									"comment": "/musegan/bar/notes",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										300,
										340,
										30,
										22
									],
									"comment": "/musegan/bar/end",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										440,
										340,
										30,
										22
									],
									"comment": "bang: silence",
									"index": 4
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										560,
										340,
										30,
										22
									],
									"comment": "to the light",
									"index": 5
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										680,
										340,
										30,
										22
									],
									"comment": "bang: the server knows nothing of us",
									"index": 6
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"",
										"bang"
									],
									"patching_rect": [
										20,
										60,
										49,
										22
									],
									"text": "t l b"
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										560,
										260,
										63,
										22
									],
									"text": "p Light",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "bang: the server was heard",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														20,
														30,
														22
													],
													"comment": "bang: the server said that it goes",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														220,
														30,
														22
													],
													"comment": "to the light",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"bang",
														"bang"
													],
													"patching_rect": [
														20,
														60,
														49,
														22
													],
													"text": "t b b"
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"bang"
													],
													"patching_rect": [
														120,
														100,
														84,
														22
													],
													"text": "delay 5000"
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														120,
														160,
														49,
														22
													],
													"text": "set 0"
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														160,
														49,
														22
													],
													"text": "set 1"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-4",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-4",
														1
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-6",
														0
													],
													"destination": [
														"obj-3",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-4",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-3",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 6,
									"numoutlets": 6,
									"outlettype": [
										"",
										"",
										"",
										"",
										"",
										""
									],
									"patching_rect": [
										20,
										120,
										728,
										22
									],
									"text": "route /musegan/bar/begin /musegan/bar/notes /musegan/bar/end /musegan/silence /musegan/subscribe/reply"
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"",
										"bang"
									],
									"patching_rect": [
										300,
										160,
										49,
										22
									],
									"text": "t l b"
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 2,
									"outlettype": [
										"bang",
										""
									],
									"patching_rect": [
										300,
										200,
										70,
										22
									],
									"text": "sel quit"
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 4,
									"outlettype": [
										"",
										"int",
										"float",
										"int"
									],
									"patching_rect": [
										460,
										160,
										119,
										22
									],
									"text": "unpack s 0 0. 0"
								}
							},
							{
								"box": {
									"id": "obj-14",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 2,
									"outlettype": [
										"bang",
										""
									],
									"patching_rect": [
										520,
										200,
										49,
										22
									],
									"text": "sel 1"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										1
									],
									"destination": [
										"obj-9",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-2",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										1
									],
									"destination": [
										"obj-3",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										2
									],
									"destination": [
										"obj-4",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										3
									],
									"destination": [
										"obj-11",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										1
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										0
									],
									"destination": [
										"obj-12",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										0
									],
									"destination": [
										"obj-9",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										4
									],
									"destination": [
										"obj-13",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										3
									],
									"destination": [
										"obj-14",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-14",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-18",
					"maxclass": "newobj",
					"numinlets": 6,
					"numoutlets": 3,
					"outlettype": [
						"",
						"",
						""
					],
					"patching_rect": [
						20,
						520,
						70,
						22
					],
					"text": "p Player",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "bar/begin",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										140,
										20,
										30,
										22
									],
									"comment": "bar/notes",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										260,
										20,
										30,
										22
									],
									"comment": "bar/end",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										380,
										20,
										30,
										22
									],
									"comment": "track: 0..4",
									"index": 4
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										500,
										20,
										30,
										22
									],
									"comment": "bang: end every note, forget every bar",
									"index": 5
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										620,
										20,
										30,
										22
									],
									"comment": "1: play; 0: be silent now, and go on counting bars",
									"index": 6
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										420,
										30,
										22
									],
									"comment": "pitch",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										140,
										420,
										30,
										22
									],
									"comment": "velocity; 0: note off",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										260,
										420,
										30,
										22
									],
									"comment": "number of the bar that plays from now on; -1: none",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 4,
									"numoutlets": 3,
									"outlettype": [
										"",
										"",
										""
									],
									"patching_rect": [
										20,
										100,
										84,
										22
									],
									"text": "p StoreBar",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											905,
											702
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "bar/begin: bar measure seed private_seed tempo ahead parts repeated committed",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														20,
														30,
														22
													],
													"comment": "bar/notes: bar track part (position pitch velocity duration)*",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														650,
														20,
														30,
														22
													],
													"comment": "bar/end: bar notes",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														850,
														20,
														30,
														22
													],
													"comment": "track: 0..4",
													"index": 4
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														660,
														30,
														22
													],
													"comment": "slot to write, 1..4",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														250,
														660,
														30,
														22
													],
													"comment": "clear, or merge step pitch velocity ticks",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														650,
														660,
														30,
														22
													],
													"comment": "number of a bar that is complete",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 9,
													"outlettype": [
														"int",
														"int",
														"int",
														"int",
														"float",
														"float",
														"int",
														"int",
														"int"
													],
													"patching_rect": [
														20,
														60,
														196,
														22
													],
													"text": "unpack 0 0 0 0 0. 0. 0 0 0"
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														88,
														42,
														22
													],
													"text": "gate"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"bang",
														"int",
														"int",
														"int"
													],
													"patching_rect": [
														20,
														116,
														77,
														22
													],
													"text": "t b i i i"
												}
											},
											{
												"box": {
													"id": "obj-11",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														250,
														140,
														49,
														22
													],
													"text": "== -1"
												}
											},
											{
												"box": {
													"id": "obj-12",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														650,
														140,
														49,
														22
													],
													"text": "== -1"
												}
											},
											{
												"box": {
													"id": "obj-13",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														100,
														180,
														35,
														22
													],
													"text": "% 4"
												}
											},
											{
												"box": {
													"id": "obj-14",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														100,
														220,
														35,
														22
													],
													"text": "+ 1"
												}
											},
											{
												"box": {
													"id": "obj-15",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														620,
														49,
														22
													],
													"text": "clear"
												}
											},
											{
												"box": {
													"id": "obj-16",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														250,
														60,
														49,
														22
													],
													"text": "t l l"
												}
											},
											{
												"box": {
													"id": "obj-17",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														180,
														42,
														22
													],
													"text": "gate"
												}
											},
											{
												"box": {
													"id": "obj-18",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														310,
														100,
														70,
														22
													],
													"text": "unpack 0"
												}
											},
											{
												"box": {
													"id": "obj-19",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														250,
														220,
														84,
														22
													],
													"text": "zl slice 1"
												}
											},
											{
												"box": {
													"id": "obj-20",
													"maxclass": "newobj",
													"numinlets": 6,
													"numoutlets": 6,
													"outlettype": [
														"",
														"",
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														250,
														260,
														273,
														22
													],
													"text": "route bass drums guitar piano strings"
												}
											},
											{
												"box": {
													"id": "obj-21",
													"maxclass": "newobj",
													"numinlets": 6,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														300,
														84,
														22
													],
													"text": "switch 5 1"
												}
											},
											{
												"box": {
													"id": "obj-22",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														850,
														60,
														35,
														22
													],
													"text": "+ 1"
												}
											},
											{
												"box": {
													"id": "obj-23",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														250,
														340,
														84,
														22
													],
													"text": "zl slice 1"
												}
											},
											{
												"box": {
													"id": "obj-24",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														250,
														380,
														77,
														22
													],
													"text": "zl iter 4"
												}
											},
											{
												"box": {
													"id": "obj-25",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"float",
														"int",
														"int",
														"float"
													],
													"patching_rect": [
														250,
														420,
														126,
														22
													],
													"text": "unpack 0. 0 0 0."
												}
											},
											{
												"box": {
													"id": "obj-26",
													"maxclass": "newobj",
													"numinlets": 4,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														540,
														98,
														22
													],
													"text": "pack 0 0 0 0"
												}
											},
											{
												"box": {
													"id": "obj-27",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														480,
														480,
														133,
														22
													],
													"text": "expr $f1*480.+0.5"
												}
											},
											{
												"box": {
													"id": "obj-28",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														480,
														126,
														22
													],
													"text": "expr $f1*48.+0.5"
												}
											},
											{
												"box": {
													"id": "obj-29",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														250,
														580,
														105,
														22
													],
													"text": "prepend merge"
												}
											},
											{
												"box": {
													"id": "obj-30",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														650,
														60,
														70,
														22
													],
													"text": "unpack 0"
												}
											},
											{
												"box": {
													"id": "obj-31",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"int",
														"int"
													],
													"patching_rect": [
														650,
														100,
														49,
														22
													],
													"text": "t i i"
												}
											},
											{
												"box": {
													"id": "obj-32",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														650,
														180,
														42,
														22
													],
													"text": "gate"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														8
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-9",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														3
													],
													"destination": [
														"obj-12",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														2
													],
													"destination": [
														"obj-11",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														1
													],
													"destination": [
														"obj-13",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-13",
														0
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-14",
														0
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-15",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-15",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-16",
														1
													],
													"destination": [
														"obj-18",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-18",
														0
													],
													"destination": [
														"obj-11",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														0
													],
													"destination": [
														"obj-17",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-16",
														0
													],
													"destination": [
														"obj-17",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-17",
														0
													],
													"destination": [
														"obj-19",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-19",
														1
													],
													"destination": [
														"obj-20",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-20",
														0
													],
													"destination": [
														"obj-21",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-20",
														1
													],
													"destination": [
														"obj-21",
														2
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-20",
														2
													],
													"destination": [
														"obj-21",
														3
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-20",
														3
													],
													"destination": [
														"obj-21",
														4
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-20",
														4
													],
													"destination": [
														"obj-21",
														5
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-4",
														0
													],
													"destination": [
														"obj-22",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-22",
														0
													],
													"destination": [
														"obj-21",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-21",
														0
													],
													"destination": [
														"obj-23",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-23",
														1
													],
													"destination": [
														"obj-24",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-24",
														0
													],
													"destination": [
														"obj-25",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-25",
														3
													],
													"destination": [
														"obj-27",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-27",
														0
													],
													"destination": [
														"obj-26",
														3
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-25",
														2
													],
													"destination": [
														"obj-26",
														2
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-25",
														1
													],
													"destination": [
														"obj-26",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-25",
														0
													],
													"destination": [
														"obj-28",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-28",
														0
													],
													"destination": [
														"obj-26",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-26",
														0
													],
													"destination": [
														"obj-29",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-29",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-3",
														0
													],
													"destination": [
														"obj-30",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-30",
														0
													],
													"destination": [
														"obj-31",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-31",
														1
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-12",
														0
													],
													"destination": [
														"obj-32",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-31",
														0
													],
													"destination": [
														"obj-32",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-32",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"",
										""
									],
									"patching_rect": [
										500,
										160,
										63,
										22
									],
									"text": "p Steps",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														20,
														30,
														22
													],
													"comment": "bang: forget where we were",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														460,
														30,
														22
													],
													"comment": "step in the bar, from 0",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														220,
														460,
														30,
														22
													],
													"comment": "beats a minute",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"bang"
													],
													"patching_rect": [
														20,
														20,
														315,
														22
													],
													"text": "metro 10 ticks @active 1 @quantize 10 ticks"
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 9,
													"outlettype": [
														"int",
														"int",
														"float",
														"float",
														"float",
														"",
														"int",
														"float",
														""
													],
													"patching_rect": [
														20,
														60,
														77,
														22
													],
													"text": "transport"
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"float"
													],
													"patching_rect": [
														20,
														160,
														32,
														22
													],
													"text": "f"
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 1,
													"outlettype": [
														"bang"
													],
													"patching_rect": [
														20,
														120,
														35,
														22
													],
													"text": "t b"
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"float"
													],
													"patching_rect": [
														20,
														200,
														49,
														22
													],
													"text": "/ 10."
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														240,
														49,
														22
													],
													"text": "+ 0.5"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														20,
														280,
														32,
														22
													],
													"text": "i"
												}
											},
											{
												"box": {
													"id": "obj-11",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 3,
													"outlettype": [
														"",
														"int",
														"int"
													],
													"patching_rect": [
														20,
														320,
														77,
														22
													],
													"text": "change -1"
												}
											},
											{
												"box": {
													"id": "obj-12",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														20,
														360,
														49,
														22
													],
													"text": "% 192"
												}
											},
											{
												"box": {
													"id": "obj-13",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														60,
														56,
														22
													],
													"text": "set -1"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-4",
														0
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														7
													],
													"destination": [
														"obj-6",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														4
													],
													"destination": [
														"obj-3",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-6",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-11",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														0
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-12",
														0
													],
													"destination": [
														"obj-2",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-13",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-13",
														0
													],
													"destination": [
														"obj-11",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "newobj",
									"numinlets": 3,
									"numoutlets": 3,
									"outlettype": [
										"",
										"",
										""
									],
									"patching_rect": [
										260,
										220,
										77,
										22
									],
									"text": "p NextBar",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "step in the bar",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														20,
														30,
														22
													],
													"comment": "number of a bar that is complete",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														20,
														30,
														22
													],
													"comment": "bang: forget all bars",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														400,
														30,
														22
													],
													"comment": "step, after the slot",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														220,
														400,
														30,
														22
													],
													"comment": "slot to read, 1..4; 0: none",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														420,
														400,
														30,
														22
													],
													"comment": "number of the bar that plays from now on; -1: none",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"int",
														"int"
													],
													"patching_rect": [
														20,
														60,
														49,
														22
													],
													"text": "t i i"
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														220,
														140,
														42,
														22
													],
													"text": "i -1"
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"bang",
														""
													],
													"patching_rect": [
														120,
														100,
														49,
														22
													],
													"text": "sel 0"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														180,
														161,
														22
													],
													"text": "expr $i1-($i1+2==$i2)"
												}
											},
											{
												"box": {
													"id": "obj-11",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 3,
													"outlettype": [
														"int",
														"int",
														"int"
													],
													"patching_rect": [
														220,
														220,
														63,
														22
													],
													"text": "t i i i"
												}
											},
											{
												"box": {
													"id": "obj-12",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														320,
														260,
														35,
														22
													],
													"text": "+ 4"
												}
											},
											{
												"box": {
													"id": "obj-13",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														"int"
													],
													"patching_rect": [
														220,
														300,
														35,
														22
													],
													"text": "% 4"
												}
											},
											{
												"box": {
													"id": "obj-14",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														340,
														35,
														22
													],
													"text": "+ 1"
												}
											},
											{
												"box": {
													"id": "obj-15",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"bang",
														"bang"
													],
													"patching_rect": [
														420,
														60,
														49,
														22
													],
													"text": "t b b"
												}
											},
											{
												"box": {
													"id": "obj-16",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														500,
														100,
														32,
														22
													],
													"text": "0"
												}
											},
											{
												"box": {
													"id": "obj-17",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														100,
														32,
														22
													],
													"text": "-1"
												}
											},
											{
												"box": {
													"id": "obj-18",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 2,
													"outlettype": [
														"int",
														"int"
													],
													"patching_rect": [
														420,
														140,
														49,
														22
													],
													"text": "t i i"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-4",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-8",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														1
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-11",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														2
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														1
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-12",
														0
													],
													"destination": [
														"obj-10",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														0
													],
													"destination": [
														"obj-13",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-13",
														0
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-14",
														0
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-3",
														0
													],
													"destination": [
														"obj-15",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-15",
														1
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-16",
														0
													],
													"destination": [
														"obj-10",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-15",
														0
													],
													"destination": [
														"obj-17",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-17",
														0
													],
													"destination": [
														"obj-18",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-18",
														1
													],
													"destination": [
														"obj-8",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-18",
														0
													],
													"destination": [
														"obj-13",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "newobj",
									"numinlets": 5,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										280,
										56,
										22
									],
									"text": "p Ring",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "slot to write, 1..4",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														120,
														20,
														30,
														22
													],
													"comment": "what to do with it",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														320,
														20,
														30,
														22
													],
													"comment": "slot to read, 1..4; 0: none",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														420,
														20,
														30,
														22
													],
													"comment": "step",
													"index": 4
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														620,
														20,
														30,
														22
													],
													"comment": "bang: empty all",
													"index": 5
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														300,
														30,
														22
													],
													"comment": "(pitch velocity ticks)* of the notes on this step",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														20,
														80,
														56,
														22
													],
													"text": "gate 4"
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														320,
														80,
														56,
														22
													],
													"text": "gate 4"
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"bang",
														"bang",
														"bang",
														"bang"
													],
													"patching_rect": [
														620,
														80,
														77,
														22
													],
													"text": "t b b b b"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														20,
														220,
														42,
														22
													],
													"text": "coll"
												}
											},
											{
												"box": {
													"id": "obj-11",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														620,
														140,
														49,
														22
													],
													"text": "clear"
												}
											},
											{
												"box": {
													"id": "obj-12",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														140,
														220,
														42,
														22
													],
													"text": "coll"
												}
											},
											{
												"box": {
													"id": "obj-13",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														684,
														140,
														49,
														22
													],
													"text": "clear"
												}
											},
											{
												"box": {
													"id": "obj-14",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														260,
														220,
														42,
														22
													],
													"text": "coll"
												}
											},
											{
												"box": {
													"id": "obj-15",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														748,
														140,
														49,
														22
													],
													"text": "clear"
												}
											},
											{
												"box": {
													"id": "obj-16",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 4,
													"outlettype": [
														"",
														"",
														"",
														""
													],
													"patching_rect": [
														380,
														220,
														42,
														22
													],
													"text": "coll"
												}
											},
											{
												"box": {
													"id": "obj-17",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														812,
														140,
														49,
														22
													],
													"text": "clear"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-7",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-3",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-4",
														0
													],
													"destination": [
														"obj-8",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-5",
														0
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-11",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-11",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														1
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														1
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														1
													],
													"destination": [
														"obj-13",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-13",
														0
													],
													"destination": [
														"obj-12",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-12",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														2
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														2
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														2
													],
													"destination": [
														"obj-15",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-15",
														0
													],
													"destination": [
														"obj-14",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-14",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														3
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														3
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														3
													],
													"destination": [
														"obj-17",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-17",
														0
													],
													"destination": [
														"obj-16",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-16",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-14",
									"maxclass": "newobj",
									"numinlets": 3,
									"numoutlets": 2,
									"outlettype": [
										"",
										""
									],
									"patching_rect": [
										20,
										340,
										63,
										22
									],
									"text": "p Sound",
									"patcher": {
										"fileversion": 1,
										"appversion": {
											"major": 8,
											"minor": 6,
											"revision": 5,
											"architecture": "x64",
											"modernui": 1
										},
										"classnamespace": "box",
										"rect": [
											100,
											100,
											900,
											700
										],
										"gridsize": [
											8.0,
											8.0
										],
										"boxes": [
											{
												"box": {
													"id": "obj-1",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														20,
														20,
														30,
														22
													],
													"comment": "(pitch velocity ticks)*",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-2",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														220,
														20,
														30,
														22
													],
													"comment": "beats a minute",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-3",
													"maxclass": "inlet",
													"numinlets": 0,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														360,
														20,
														30,
														22
													],
													"comment": "bang: end every note now",
													"index": 3
												}
											},
											{
												"box": {
													"id": "obj-4",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														20,
														320,
														30,
														22
													],
													"comment": "pitch",
													"index": 1
												}
											},
											{
												"box": {
													"id": "obj-5",
													"maxclass": "outlet",
													"numinlets": 1,
													"numoutlets": 0,
													"outlettype": [],
													"patching_rect": [
														120,
														320,
														30,
														22
													],
													"comment": "velocity; 0: note off",
													"index": 2
												}
											},
											{
												"box": {
													"id": "obj-6",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 2,
													"outlettype": [
														"",
														""
													],
													"patching_rect": [
														20,
														60,
														77,
														22
													],
													"text": "zl iter 3"
												}
											},
											{
												"box": {
													"id": "obj-7",
													"maxclass": "newobj",
													"numinlets": 1,
													"numoutlets": 3,
													"outlettype": [
														"int",
														"int",
														"int"
													],
													"patching_rect": [
														20,
														100,
														98,
														22
													],
													"text": "unpack 0 0 0"
												}
											},
											{
												"box": {
													"id": "obj-8",
													"maxclass": "newobj",
													"numinlets": 3,
													"numoutlets": 2,
													"outlettype": [
														"float",
														"float"
													],
													"patching_rect": [
														20,
														240,
														224,
														22
													],
													"text": "makenote 100 250 @repeatmode 1"
												}
											},
											{
												"box": {
													"id": "obj-9",
													"maxclass": "newobj",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														160,
														160,
														133,
														22
													],
													"text": "expr $f1*125./$f2"
												}
											},
											{
												"box": {
													"id": "obj-10",
													"maxclass": "message",
													"numinlets": 2,
													"numoutlets": 1,
													"outlettype": [
														""
													],
													"patching_rect": [
														360,
														200,
														42,
														22
													],
													"text": "stop"
												}
											}
										],
										"lines": [
											{
												"patchline": {
													"source": [
														"obj-1",
														0
													],
													"destination": [
														"obj-6",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-6",
														0
													],
													"destination": [
														"obj-7",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														2
													],
													"destination": [
														"obj-9",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-2",
														0
													],
													"destination": [
														"obj-9",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-9",
														0
													],
													"destination": [
														"obj-8",
														2
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														1
													],
													"destination": [
														"obj-8",
														1
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-7",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-3",
														0
													],
													"destination": [
														"obj-10",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-10",
														0
													],
													"destination": [
														"obj-8",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														1
													],
													"destination": [
														"obj-5",
														0
													]
												}
											},
											{
												"patchline": {
													"source": [
														"obj-8",
														0
													],
													"destination": [
														"obj-4",
														0
													]
												}
											}
										]
									}
								}
							},
							{
								"box": {
									"id": "obj-15",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										310,
										70,
										22
									],
									"text": "gate 1 1"
								}
							},
							{
								"box": {
									"id": "obj-16",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 2,
									"outlettype": [
										"int",
										"int"
									],
									"patching_rect": [
										620,
										60,
										49,
										22
									],
									"text": "t i i"
								}
							},
							{
								"box": {
									"id": "obj-17",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 2,
									"outlettype": [
										"bang",
										""
									],
									"patching_rect": [
										620,
										100,
										49,
										22
									],
									"text": "sel 0"
								}
							},
							{
								"box": {
									"id": "obj-18",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 4,
									"outlettype": [
										"bang",
										"bang",
										"bang",
										"bang"
									],
									"patching_rect": [
										500,
										60,
										77,
										22
									],
									"text": "t b b b b"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-2",
										0
									],
									"destination": [
										"obj-10",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-10",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-10",
										3
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-13",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										1
									],
									"destination": [
										"obj-13",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										2
									],
									"destination": [
										"obj-12",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										0
									],
									"destination": [
										"obj-12",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										1
									],
									"destination": [
										"obj-14",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										0
									],
									"destination": [
										"obj-13",
										3
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										1
									],
									"destination": [
										"obj-13",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										2
									],
									"destination": [
										"obj-9",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										0
									],
									"destination": [
										"obj-15",
										1
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-15",
										0
									],
									"destination": [
										"obj-14",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-16",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-16",
										1
									],
									"destination": [
										"obj-15",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-16",
										0
									],
									"destination": [
										"obj-17",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-17",
										0
									],
									"destination": [
										"obj-14",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-14",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-14",
										1
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-18",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-18",
										3
									],
									"destination": [
										"obj-14",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-18",
										2
									],
									"destination": [
										"obj-13",
										4
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-18",
										1
									],
									"destination": [
										"obj-12",
										2
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-18",
										0
									],
									"destination": [
										"obj-11",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-19",
					"maxclass": "newobj",
					"numinlets": 7,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						620,
						520,
						84,
						22
					],
					"text": "p Controls",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							1125,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "mute",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										180,
										20,
										30,
										22
									],
									"comment": "lock",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										340,
										20,
										30,
										22
									],
									"comment": "density",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										500,
										20,
										30,
										22
									],
									"comment": "temperature",
									"index": 4
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										660,
										20,
										30,
										22
									],
									"comment": "octave",
									"index": 5
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										820,
										20,
										30,
										22
									],
									"comment": "gen",
									"index": 6
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										1000,
										20,
										30,
										22
									],
									"comment": "name of the track",
									"index": 7
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										260,
										30,
										22
									],
									"comment": "to the server",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 6,
									"outlettype": [
										"",
										"",
										"",
										"",
										"",
										""
									],
									"patching_rect": [
										1000,
										60,
										105,
										22
									],
									"text": "t l l l l l l"
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										180,
										238,
										22
									],
									"text": "prepend /musegan/track/bass/mute"
								}
							},
							{
								"box": {
									"id": "obj-11",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										120,
										252,
										22
									],
									"text": "sprintf set /musegan/track/%s/mute"
								}
							},
							{
								"box": {
									"id": "obj-12",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										180,
										208,
										238,
										22
									],
									"text": "prepend /musegan/track/bass/lock"
								}
							},
							{
								"box": {
									"id": "obj-13",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										180,
										148,
										252,
										22
									],
									"text": "sprintf set /musegan/track/%s/lock"
								}
							},
							{
								"box": {
									"id": "obj-14",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										340,
										180,
										259,
										22
									],
									"text": "prepend /musegan/track/bass/density"
								}
							},
							{
								"box": {
									"id": "obj-15",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										340,
										120,
										273,
										22
									],
									"text": "sprintf set /musegan/track/%s/density"
								}
							},
							{
								"box": {
									"id": "obj-16",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"float"
									],
									"patching_rect": [
										340,
										60,
										56,
										22
									],
									"text": "/ 100."
								}
							},
							{
								"box": {
									"id": "obj-17",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										500,
										208,
										287,
										22
									],
									"text": "prepend /musegan/track/bass/temperature"
								}
							},
							{
								"box": {
									"id": "obj-18",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										500,
										148,
										301,
										22
									],
									"text": "sprintf set /musegan/track/%s/temperature"
								}
							},
							{
								"box": {
									"id": "obj-19",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"float"
									],
									"patching_rect": [
										500,
										60,
										56,
										22
									],
									"text": "/ 100."
								}
							},
							{
								"box": {
									"id": "obj-20",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										660,
										180,
										252,
										22
									],
									"text": "prepend /musegan/track/bass/octave"
								}
							},
							{
								"box": {
									"id": "obj-21",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										660,
										120,
										266,
										22
									],
									"text": "sprintf set /musegan/track/%s/octave"
								}
							},
							{
								"box": {
									"id": "obj-22",
									"maxclass": "message",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										820,
										208,
										175,
										22
									],
									"text": "/musegan/track/bass/gen"
								}
							},
							{
								"box": {
									"id": "obj-23",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										820,
										148,
										245,
										22
									],
									"text": "sprintf set /musegan/track/%s/gen"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-9",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-11",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-11",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										1
									],
									"destination": [
										"obj-13",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-13",
										0
									],
									"destination": [
										"obj-12",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-2",
										0
									],
									"destination": [
										"obj-12",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-12",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										2
									],
									"destination": [
										"obj-15",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-15",
										0
									],
									"destination": [
										"obj-14",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-3",
										0
									],
									"destination": [
										"obj-16",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-16",
										0
									],
									"destination": [
										"obj-14",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-14",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										3
									],
									"destination": [
										"obj-18",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-18",
										0
									],
									"destination": [
										"obj-17",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-19",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-19",
										0
									],
									"destination": [
										"obj-17",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-17",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										4
									],
									"destination": [
										"obj-21",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-21",
										0
									],
									"destination": [
										"obj-20",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										0
									],
									"destination": [
										"obj-20",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-20",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										5
									],
									"destination": [
										"obj-23",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-23",
										0
									],
									"destination": [
										"obj-22",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-22",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-22",
										0
									],
									"destination": [
										"obj-8",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-20",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						620,
						580,
						84,
						22
					],
					"text": "p ToServer",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										20,
										20,
										30,
										22
									],
									"comment": "to musegan.<band>.out",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "inlet",
									"numinlets": 0,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										20,
										30,
										22
									],
									"comment": "number of the band, from 1",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										140,
										161,
										22
									],
									"text": "forward musegan.1.out"
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										220,
										80,
										210,
										22
									],
									"text": "sprintf send musegan.%ld.out"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-2",
										0
									],
									"destination": [
										"obj-4",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-3",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-1",
										0
									],
									"destination": [
										"obj-3",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-21",
					"maxclass": "newobj",
					"numinlets": 0,
					"numoutlets": 3,
					"outlettype": [
						"",
						"",
						""
					],
					"patching_rect": [
						420,
						320,
						126,
						22
					],
					"text": "p WatchTransport",
					"patcher": {
						"fileversion": 1,
						"appversion": {
							"major": 8,
							"minor": 6,
							"revision": 5,
							"architecture": "x64",
							"modernui": 1
						},
						"classnamespace": "box",
						"rect": [
							100,
							100,
							900,
							700
						],
						"gridsize": [
							8.0,
							8.0
						],
						"boxes": [
							{
								"box": {
									"id": "obj-1",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										20,
										260,
										30,
										22
									],
									"comment": "bang: it started",
									"index": 1
								}
							},
							{
								"box": {
									"id": "obj-2",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										120,
										260,
										30,
										22
									],
									"comment": "bang: it stopped",
									"index": 2
								}
							},
							{
								"box": {
									"id": "obj-3",
									"maxclass": "outlet",
									"numinlets": 1,
									"numoutlets": 0,
									"outlettype": [],
									"patching_rect": [
										320,
										260,
										30,
										22
									],
									"comment": "bang: it has another tempo",
									"index": 3
								}
							},
							{
								"box": {
									"id": "obj-4",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										"bang"
									],
									"patching_rect": [
										20,
										20,
										140,
										22
									],
									"text": "metro 20 @active 1"
								}
							},
							{
								"box": {
									"id": "obj-5",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 9,
									"outlettype": [
										"int",
										"int",
										"float",
										"float",
										"float",
										"",
										"int",
										"float",
										""
									],
									"patching_rect": [
										20,
										60,
										77,
										22
									],
									"text": "transport"
								}
							},
							{
								"box": {
									"id": "obj-6",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 3,
									"outlettype": [
										"",
										"int",
										"int"
									],
									"patching_rect": [
										20,
										120,
										56,
										22
									],
									"text": "change"
								}
							},
							{
								"box": {
									"id": "obj-7",
									"maxclass": "newobj",
									"numinlets": 3,
									"numoutlets": 3,
									"outlettype": [
										"bang",
										"bang",
										""
									],
									"patching_rect": [
										20,
										160,
										63,
										22
									],
									"text": "sel 1 0"
								}
							},
							{
								"box": {
									"id": "obj-8",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 3,
									"outlettype": [
										"",
										"int",
										"int"
									],
									"patching_rect": [
										320,
										120,
										77,
										22
									],
									"text": "change 0."
								}
							},
							{
								"box": {
									"id": "obj-9",
									"maxclass": "newobj",
									"numinlets": 2,
									"numoutlets": 1,
									"outlettype": [
										""
									],
									"patching_rect": [
										320,
										160,
										98,
										22
									],
									"text": "speedlim 100"
								}
							},
							{
								"box": {
									"id": "obj-10",
									"maxclass": "newobj",
									"numinlets": 1,
									"numoutlets": 1,
									"outlettype": [
										"bang"
									],
									"patching_rect": [
										320,
										200,
										35,
										22
									],
									"text": "t b"
								}
							}
						],
						"lines": [
							{
								"patchline": {
									"source": [
										"obj-4",
										0
									],
									"destination": [
										"obj-5",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										6
									],
									"destination": [
										"obj-6",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-6",
										0
									],
									"destination": [
										"obj-7",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										0
									],
									"destination": [
										"obj-1",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-7",
										1
									],
									"destination": [
										"obj-2",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-5",
										4
									],
									"destination": [
										"obj-8",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-8",
										0
									],
									"destination": [
										"obj-9",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-9",
										0
									],
									"destination": [
										"obj-10",
										0
									]
								}
							},
							{
								"patchline": {
									"source": [
										"obj-10",
										0
									],
									"destination": [
										"obj-3",
										0
									]
								}
							}
						]
					}
				}
			},
			{
				"box": {
					"id": "obj-22",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						20,
						290,
						49,
						22
					],
					"text": "t l l"
				}
			},
			{
				"box": {
					"id": "obj-23",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						"bang"
					],
					"patching_rect": [
						420,
						420,
						35,
						22
					],
					"text": "t b"
				}
			},
			{
				"box": {
					"id": "obj-24",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						620,
						550,
						42,
						22
					],
					"text": "gate"
				}
			},
			{
				"box": {
					"id": "obj-25",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"int",
						"int"
					],
					"patching_rect": [
						820,
						260,
						49,
						22
					],
					"text": "t i i"
				}
			},
			{
				"box": {
					"id": "obj-26",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						"bang"
					],
					"patching_rect": [
						820,
						72,
						35,
						22
					],
					"text": "t b"
				}
			},
			{
				"box": {
					"id": "obj-27",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"int",
						"bang"
					],
					"patching_rect": [
						220,
						340,
						49,
						22
					],
					"text": "t i b"
				}
			},
			{
				"box": {
					"id": "obj-28",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"bang",
						""
					],
					"patching_rect": [
						320,
						340,
						49,
						22
					],
					"text": "t b l"
				}
			},
			{
				"box": {
					"id": "obj-29",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"int",
						"int"
					],
					"patching_rect": [
						520,
						348,
						49,
						22
					],
					"text": "t i i"
				}
			},
			{
				"box": {
					"id": "obj-30",
					"maxclass": "newobj",
					"numinlets": 2,
					"numoutlets": 1,
					"outlettype": [
						"int"
					],
					"patching_rect": [
						520,
						380,
						42,
						22
					],
					"text": "== 0"
				}
			},
			{
				"box": {
					"id": "obj-31",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						820,
						100,
						91,
						22
					],
					"text": "outputvalue"
				}
			},
			{
				"box": {
					"id": "obj-32",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 5,
					"outlettype": [
						"",
						"",
						"",
						"",
						""
					],
					"patching_rect": [
						820,
						140,
						91,
						22
					],
					"text": "t l l l l l"
				}
			},
			{
				"box": {
					"id": "obj-33",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"bang",
						"bang"
					],
					"patching_rect": [
						1020,
						130,
						49,
						22
					],
					"text": "t b b"
				}
			},
			{
				"box": {
					"id": "obj-34",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						1120,
						130,
						32,
						22
					],
					"text": "1"
				}
			},
			{
				"box": {
					"id": "obj-35",
					"maxclass": "message",
					"numinlets": 2,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						1020,
						186,
						91,
						22
					],
					"text": "outputvalue"
				}
			},
			{
				"box": {
					"id": "obj-36",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						1020,
						214,
						49,
						22
					],
					"text": "t l l"
				}
			},
			{
				"box": {
					"id": "obj-37",
					"maxclass": "newobj",
					"numinlets": 9,
					"numoutlets": 9,
					"outlettype": [
						"",
						"",
						"",
						"",
						"",
						"",
						"",
						"",
						""
					],
					"patching_rect": [
						20,
						72,
						413,
						22
					],
					"text": "route track band mute lock density temperature octave gen"
				}
			},
			{
				"box": {
					"id": "obj-38",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						20,
						100,
						112,
						22
					],
					"text": "prepend symbol"
				}
			},
			{
				"box": {
					"id": "obj-39",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						"bang"
					],
					"patching_rect": [
						1020,
						74,
						70,
						22
					],
					"text": "loadbang"
				}
			},
			{
				"box": {
					"id": "obj-40",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						""
					],
					"patching_rect": [
						1020,
						102,
						140,
						22
					],
					"text": "patcherargs bass 1"
				}
			},
			{
				"box": {
					"id": "obj-41",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"bang",
						""
					],
					"patching_rect": [
						1020,
						158,
						49,
						22
					],
					"text": "t b l"
				}
			},
			{
				"box": {
					"id": "obj-42",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 2,
					"outlettype": [
						"",
						"int"
					],
					"patching_rect": [
						1140,
						80,
						84,
						22
					],
					"text": "unpack s 0"
				}
			},
			{
				"box": {
					"id": "obj-43",
					"maxclass": "newobj",
					"numinlets": 1,
					"numoutlets": 1,
					"outlettype": [
						""
					],
					"patching_rect": [
						1140,
						158,
						112,
						22
					],
					"text": "prepend symbol"
				}
			},
			{
				"box": {
					"id": "obj-44",
					"maxclass": "comment",
					"numinlets": 1,
					"numoutlets": 0,
					"outlettype": [],
					"patching_rect": [
						320,
						44,
						546,
						22
					],
					"text": "Built by max_patches/build.py: a change made here is lost at the next build."
				}
			}
		],
		"lines": [
			{
				"patchline": {
					"source": [
						"obj-16",
						0
					],
					"destination": [
						"obj-22",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-22",
						1
					],
					"destination": [
						"obj-17",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-17",
						0
					],
					"destination": [
						"obj-18",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-17",
						1
					],
					"destination": [
						"obj-18",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-17",
						2
					],
					"destination": [
						"obj-18",
						2
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-17",
						3
					],
					"destination": [
						"obj-23",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-21",
						1
					],
					"destination": [
						"obj-23",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-19",
						0
					],
					"destination": [
						"obj-24",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-24",
						0
					],
					"destination": [
						"obj-20",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-23",
						0
					],
					"destination": [
						"obj-18",
						4
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-17",
						4
					],
					"destination": [
						"obj-5",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-8",
						0
					],
					"destination": [
						"obj-25",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-25",
						0
					],
					"destination": [
						"obj-20",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-25",
						1
					],
					"destination": [
						"obj-16",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-6",
						0
					],
					"destination": [
						"obj-27",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-27",
						1
					],
					"destination": [
						"obj-23",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-27",
						0
					],
					"destination": [
						"obj-18",
						3
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-6",
						1
					],
					"destination": [
						"obj-28",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-28",
						1
					],
					"destination": [
						"obj-19",
						6
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-28",
						0
					],
					"destination": [
						"obj-26",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-9",
						0
					],
					"destination": [
						"obj-29",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-29",
						1
					],
					"destination": [
						"obj-30",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-30",
						0
					],
					"destination": [
						"obj-18",
						5
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-29",
						0
					],
					"destination": [
						"obj-19",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-10",
						0
					],
					"destination": [
						"obj-19",
						1
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-12",
						0
					],
					"destination": [
						"obj-19",
						2
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-13",
						0
					],
					"destination": [
						"obj-19",
						3
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-14",
						0
					],
					"destination": [
						"obj-19",
						4
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-11",
						0
					],
					"destination": [
						"obj-19",
						5
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-26",
						0
					],
					"destination": [
						"obj-31",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-31",
						0
					],
					"destination": [
						"obj-32",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						0
					],
					"destination": [
						"obj-9",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						1
					],
					"destination": [
						"obj-10",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						2
					],
					"destination": [
						"obj-12",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						3
					],
					"destination": [
						"obj-13",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-32",
						4
					],
					"destination": [
						"obj-14",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-17",
						5
					],
					"destination": [
						"obj-26",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-33",
						1
					],
					"destination": [
						"obj-34",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-34",
						0
					],
					"destination": [
						"obj-24",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-33",
						0
					],
					"destination": [
						"obj-35",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-35",
						0
					],
					"destination": [
						"obj-36",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-36",
						1
					],
					"destination": [
						"obj-8",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-36",
						0
					],
					"destination": [
						"obj-6",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-1",
						0
					],
					"destination": [
						"obj-37",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						0
					],
					"destination": [
						"obj-38",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-38",
						0
					],
					"destination": [
						"obj-6",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						1
					],
					"destination": [
						"obj-8",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						2
					],
					"destination": [
						"obj-9",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						3
					],
					"destination": [
						"obj-10",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						4
					],
					"destination": [
						"obj-12",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						5
					],
					"destination": [
						"obj-13",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						6
					],
					"destination": [
						"obj-14",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-37",
						7
					],
					"destination": [
						"obj-11",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-18",
						0
					],
					"destination": [
						"obj-2",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-18",
						1
					],
					"destination": [
						"obj-3",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-39",
						0
					],
					"destination": [
						"obj-40",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-40",
						0
					],
					"destination": [
						"obj-41",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-41",
						1
					],
					"destination": [
						"obj-42",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						0
					],
					"destination": [
						"obj-43",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-43",
						0
					],
					"destination": [
						"obj-6",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-42",
						1
					],
					"destination": [
						"obj-8",
						0
					]
				}
			},
			{
				"patchline": {
					"source": [
						"obj-41",
						0
					],
					"destination": [
						"obj-33",
						0
					]
				}
			}
		]
	}
}
